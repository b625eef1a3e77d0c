SELECT a.appointment_id, a.starts_at, a.patient_id, a.reason
FROM clinic.appointment a
WHERE a.practitioner_id = 417
  AND a.state IN ('booked', 'arrived')
ORDER BY a.starts_at;

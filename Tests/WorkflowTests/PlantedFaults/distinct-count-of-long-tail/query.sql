SELECT c.complaint_id, s.scanned_at, s.note
FROM complaint c
JOIN parcel_scan s ON s.location_id = c.location_id
ORDER BY c.complaint_id, s.scanned_at;

UPDATE lab.result AS r
SET flagged = true
FROM lab.sample AS s
WHERE s.sample_id = r.sample_id
  AND s.patient = 'P4711'
  AND r.value > 20;

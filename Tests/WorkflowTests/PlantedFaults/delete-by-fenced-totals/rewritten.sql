DELETE FROM iot.device d
WHERE d.retired
  AND d.device_id IN (9, 3309, 6609, 9909, 13209, 16509, 19809, 23109, 26409, 29709, 33009, 36309)
  AND EXISTS (
    SELECT 1 FROM iot.reading r
    WHERE r.device_id = d.device_id
    HAVING max(r.at) < '2025-01-01 00:00:00+00' AND count(*) BETWEEN 1 AND 99);

WITH last_seen AS MATERIALIZED (
    SELECT r.device_id, max(r.at) AS last_at, count(*) AS readings
    FROM iot.reading r
    GROUP BY r.device_id
)
DELETE FROM iot.device d
USING last_seen s
WHERE s.device_id = d.device_id
  AND d.retired
  AND d.device_id IN (9, 3309, 6609, 9909, 13209, 16509, 19809, 23109, 26409, 29709, 33009, 36309)
  AND s.last_at < '2025-01-01 00:00:00+00'
  AND s.readings < 100;

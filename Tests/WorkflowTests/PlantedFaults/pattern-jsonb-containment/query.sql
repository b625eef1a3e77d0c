SELECT t.serial, t.seen_at
FROM device.twin t
WHERE t.reported @> '{"radio": {"channel": 77, "power": 29}}'
ORDER BY t.seen_at;

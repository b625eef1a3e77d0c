SELECT p.device, sum(p.pulses) AS pulses
FROM meter.pulse p
WHERE p.counted_at >= '2024-03-14 06:00:00+00' AND p.counted_at < '2024-03-15 06:00:00+00'
GROUP BY p.device
ORDER BY p.device;

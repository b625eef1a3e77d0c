SELECT date_trunc('week', r.recorded_at) AS week, avg(r.value) AS mean, count(*) AS readings
FROM telemetry.reading r
WHERE r.sensor_id = 10815
GROUP BY 1
ORDER BY 1;

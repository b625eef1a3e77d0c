SELECT a.alarm_id, a.raised_at, a.text, d.model
FROM scada.alarm a
JOIN scada.device d ON d.device_id = a.device_id
WHERE d.site = 'site 22'
ORDER BY a.raised_at DESC
LIMIT 10;

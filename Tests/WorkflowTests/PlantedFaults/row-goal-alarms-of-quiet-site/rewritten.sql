WITH of_site AS MATERIALIZED (
    SELECT a.alarm_id, a.raised_at, a.text, d.model
    FROM scada.alarm a
    JOIN scada.device d ON d.device_id = a.device_id
    WHERE d.site = 'site 22'
)
SELECT o.alarm_id, o.raised_at, o.text, o.model
FROM of_site o
ORDER BY o.raised_at DESC
LIMIT 10;

SELECT DISTINCT ON (c.call_id) c.call_id, c.seconds, t.zone, t.cents * c.seconds / 60 AS price
FROM telco.call c
CROSS JOIN LATERAL generate_series(2, 4) AS n
JOIN telco.tariff t ON t.prefix = left(c.dialled, n)
WHERE c.started_at >= '2024-04-10' AND c.started_at < '2024-04-10 06:00'
ORDER BY c.call_id, length(t.prefix) DESC;

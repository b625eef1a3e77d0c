SELECT DISTINCT ON (c.call_id) c.call_id, c.seconds, t.zone, t.cents * c.seconds / 60 AS price
FROM telco.call c
JOIN telco.tariff t ON c.dialled LIKE t.prefix || '%'
WHERE c.started_at >= '2024-04-10' AND c.started_at < '2024-04-10 06:00'
ORDER BY c.call_id, length(t.prefix) DESC;

SELECT w.webhook_id, w.received_at, w.body ->> 'type' AS type
FROM integration.webhook w
WHERE w.body ->> 'reference' = 'ORD-104729'
ORDER BY w.received_at;

SELECT id, created_at, message
FROM events
WHERE message NOT LIKE '%health check%' AND tenant_id = 7 AND kind = 'error'
ORDER BY created_at DESC
LIMIT 20;

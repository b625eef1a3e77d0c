SELECT a.activity_id, a.happened_at, a.actor, a.verb
FROM saas.activity a
WHERE a.tenant_id = md5('tenant2')::uuid
  AND (a.happened_at, a.activity_id) < (timestamptz '2024-01-10 09:22:10+00', 81133)
ORDER BY a.happened_at DESC, a.activity_id DESC
LIMIT 30;

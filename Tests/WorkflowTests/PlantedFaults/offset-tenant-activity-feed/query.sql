SELECT a.activity_id, a.happened_at, a.actor, a.verb
FROM saas.activity a
WHERE a.tenant_id = md5('tenant2')::uuid
ORDER BY a.happened_at DESC, a.activity_id DESC
LIMIT 30 OFFSET 130000;

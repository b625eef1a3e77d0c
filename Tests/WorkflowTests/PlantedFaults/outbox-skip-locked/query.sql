SELECT o.message_id, o.payload
FROM integration.outbox o
WHERE o.state IN ('new', 'retry', 'deferred')
  AND o.attempts < 5
ORDER BY o.priority DESC, o.queued_at
LIMIT 20
FOR UPDATE SKIP LOCKED;

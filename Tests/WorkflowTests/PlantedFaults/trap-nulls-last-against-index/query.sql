SELECT r.reminder_id, r.due_at, r.level
FROM reminder r
ORDER BY r.due_at DESC NULLS LAST
LIMIT 50;

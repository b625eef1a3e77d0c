SELECT task_id, args
FROM tasks
WHERE state = 'queued'
ORDER BY task_id DESC
LIMIT 10;

SELECT t.task_id, t.payload
FROM work.task t
WHERE t.queue = 'export' AND t.state = 'ready'
ORDER BY t.task_id
LIMIT 10;

SELECT 'mail' AS queue, count(*) AS waiting, min(p.run_at) AS oldest
FROM ops.pending_jobs p
WHERE p.queue = 'mail'
UNION ALL
SELECT 'invoice', count(*), min(p.run_at)
FROM ops.pending_jobs p
WHERE p.queue = 'invoice';

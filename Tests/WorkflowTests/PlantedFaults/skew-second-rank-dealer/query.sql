SELECT count(*) AS failures, sum(n.minutes) AS minutes, max(e.price) AS dearest
FROM sale_event e
JOIN inspection n ON n.engine = e.engine AND n.verdict = 'failed'
WHERE e.dealer = 'branch 5';

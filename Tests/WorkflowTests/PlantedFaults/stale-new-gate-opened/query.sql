WITH late AS (
    SELECT g.pass_id, g.badge, g.passed_at
    FROM gate_pass g
    WHERE g.gate = 'north annex' AND g.passed_at >= '2024-04-01 00:00:00+00'
)
SELECT l.badge, l.pass_id, l.passed_at
FROM late l
WHERE NOT EXISTS (SELECT 1 FROM late m WHERE m.badge = l.badge AND m.passed_at > l.passed_at)
ORDER BY l.passed_at, l.pass_id
LIMIT 100;

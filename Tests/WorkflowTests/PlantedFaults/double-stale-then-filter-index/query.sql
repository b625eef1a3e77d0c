WITH run AS (
    SELECT r.result_id, r.probe, r.reading
    FROM lab.results r
    WHERE r.run = 'run-2024'
)
SELECT a.result_id, a.probe, a.reading
FROM run a
WHERE a.reading > (SELECT t.level FROM lab.thresholds t WHERE t.code = 'T-00004711')
  AND NOT EXISTS (SELECT 1 FROM run b WHERE b.probe = a.probe AND b.result_id <> a.result_id);

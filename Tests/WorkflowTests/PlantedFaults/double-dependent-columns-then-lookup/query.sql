WITH run AS (
    SELECT w.wafer_id, w.slot, w.seconds
    FROM fab.wafer w
    WHERE w.line = 33 AND w.tool = 'tool 73' AND w.chamber = 'chamber 13' AND w.product = 803
)
SELECT r.slot, r.wafer_id, r.seconds
FROM run r
WHERE r.seconds > (SELECT p.seconds FROM fab.recipe p WHERE p.code = 'RCP-' || md5('4711'))
  AND NOT EXISTS (SELECT 1 FROM run q WHERE q.slot = r.slot AND q.wafer_id > r.wafer_id)
ORDER BY r.seconds DESC, r.wafer_id
LIMIT 30;

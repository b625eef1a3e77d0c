SELECT count(*) > 0 AS anything_failed
FROM (SELECT r.line FROM import_row r WHERE r.state = 'failed' AND r.line LIKE 'field one;%' ORDER BY r.state LIMIT 1) AS first;

SELECT w.region, sum(s.pieces * a.weight_g::bigint) / 1000 AS kilograms, min(b.best_before) AS oldest
FROM scm.stock s
JOIN scm.warehouse w ON w.region = s.region AND w.country = s.country AND w.warehouse = s.warehouse
JOIN scm.article a ON a.article_id = s.article_id
JOIN scm.batch b ON b.batch_id = s.batch_id
WHERE w.name <> 'warehouse 77'
GROUP BY w.region
ORDER BY w.region;

SELECT u.feature, sum(u.units) AS units
FROM billing.usage_record u
WHERE u.used_at >= '2023-08-01' AND u.used_at < '2023-09-01'
GROUP BY u.feature
ORDER BY units DESC, u.feature;

SELECT v.path, count(*) AS views, count(DISTINCT v.visitor) AS visitors
FROM page_view v
WHERE date(v.viewed_at) = '2023-09-17'
GROUP BY v.path
ORDER BY views DESC, v.path
LIMIT 20;

SELECT date_trunc('year', s.taken) AS year, count(*) AS slides
FROM path.slide s
WHERE s.slide_id % 200 = 7 AND path.score(s.slide_id) >= 30
GROUP BY 1
ORDER BY 1;

SELECT s.kind,
       count(*) AS stops, sum(s.riders) AS riders, max(s.riders) AS busiest, min(s.riders) AS quietest,
       count(*) FILTER (WHERE s.riders > 100) AS over_100, count(*) FILTER (WHERE s.riders > 300) AS over_300,
       count(*) FILTER (WHERE s.riders > 500) AS over_500, count(*) FILTER (WHERE s.riders > 700) AS over_700,
       avg(s.x) AS x, avg(s.y) AS y, sum(CASE WHEN s.x > s.y THEN 1 ELSE 0 END) AS east
FROM geo.stop_place s
WHERE geo.cell(s.x, s.y) BETWEEN 1000 AND 6000
GROUP BY s.kind
ORDER BY s.kind;

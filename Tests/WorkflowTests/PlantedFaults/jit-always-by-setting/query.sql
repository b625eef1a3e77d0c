SELECT l.meter,
       sum(l.watts) FILTER (WHERE extract(hour FROM l.at) BETWEEN 0 AND 5) AS night,
       sum(l.watts) FILTER (WHERE extract(hour FROM l.at) BETWEEN 6 AND 11) AS morning,
       sum(l.watts) FILTER (WHERE extract(hour FROM l.at) BETWEEN 12 AND 17) AS afternoon,
       sum(l.watts) FILTER (WHERE extract(hour FROM l.at) BETWEEN 18 AND 23) AS evening,
       avg(l.watts) FILTER (WHERE extract(isodow FROM l.at) IN (6, 7)) AS weekend,
       max(l.watts) AS peak, min(l.watts) AS base,
       count(*) FILTER (WHERE l.watts > 3900) AS over_limit
FROM energy.load l
WHERE l.meter BETWEEN 100 AND 104
GROUP BY ROLLUP (l.meter)
ORDER BY l.meter;

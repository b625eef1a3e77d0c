SELECT l.well % 25 AS field, round(avg(ln(l.metres) * exp(l.celsius / 40)), 4) AS index, max(l.at) AS last_at
FROM hydro.level l
WHERE l.basin IN (3, 7)
GROUP BY 1
ORDER BY 1;

SELECT m."Tariff", count(*) AS readings, sum(m."Kwh") AS kwh, round(stddev(m."Kwh"), 3) AS spread
FROM "Meter" m
WHERE m."Month" >= '2023-01-01' AND m."Month" < '2024-01-01'
GROUP BY m."Tariff"
ORDER BY m."Tariff";

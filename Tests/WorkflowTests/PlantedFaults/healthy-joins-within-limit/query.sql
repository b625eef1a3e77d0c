SELECT a1.label AS channel, a2.label AS brand, a3.label AS store, sum(f.amount) AS amount
FROM dwh.fact_sale f
JOIN dwh.dim_1 a1 ON a1.id = f.d1
JOIN dwh.dim_2 a2 ON a2.id = f.d2
JOIN dwh.dim_3 a3 ON a3.id = f.d3
JOIN dwh.dim_4 a4 ON a4.id = f.d4
JOIN dwh.dim_9 a9 ON a9.id = f.d9
WHERE a9.id = 1234 AND a4.label <> ''
GROUP BY a1.label, a2.label, a3.label
ORDER BY amount DESC, channel, brand, store;

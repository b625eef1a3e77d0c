SELECT a1.label AS channel, a2.label AS brand, a3.label AS store, sum(f.amount) AS amount
FROM dwh.fact_sale f
JOIN dwh.dim_1 a1 ON a1.id = f.d1
JOIN dwh.dim_2 a2 ON a2.id = f.d2
JOIN dwh.dim_3 a3 ON a3.id = f.d3
JOIN dwh.dim_4 a4 ON a4.id = f.d4
JOIN dwh.dim_5 a5 ON a5.id = f.d5
JOIN dwh.dim_6 a6 ON a6.id = f.d6
JOIN dwh.dim_7 a7 ON a7.id = f.d7
JOIN dwh.dim_8 a8 ON a8.id = f.d8
JOIN dwh.dim_9 a9 ON a9.id = f.d9
WHERE a9.label = 'label 1234' AND a4.label <> a5.label AND a6.label <> a7.label AND a8.label <> ''
GROUP BY a1.label, a2.label, a3.label
ORDER BY amount DESC, channel, brand, store;

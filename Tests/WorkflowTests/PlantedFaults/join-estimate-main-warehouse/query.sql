SELECT w.name, count(*) AS movements, sum(m.quantity::bigint * a.weight_g) AS grams
FROM wms.warehouse w
JOIN wms.movement m ON m.warehouse_id = w.warehouse_id
JOIN wms.article a ON a.article_id = m.article_id
JOIN wms.bin b ON b.bin_id = m.bin_id AND b.picked
WHERE w.name = 'Main'
GROUP BY w.name;

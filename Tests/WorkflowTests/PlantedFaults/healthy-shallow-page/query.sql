SELECT p.product_id, p.ean, p.name, p.properties ->> 'colour' AS colour
FROM catalogue.product p
ORDER BY p.product_id
LIMIT 50 OFFSET 100;

SELECT p.product_id, p.ean, p.name, p.properties ->> 'colour' AS colour
FROM catalogue.product p
WHERE p.product_id > 1050000
ORDER BY p.product_id
LIMIT 50;

SELECT b.line_id, a.description, b.pieces * a.unit_price AS value
FROM basket_lines b
JOIN articles a ON a.article_id = b.article_id
ORDER BY b.pieces * a.unit_price DESC
LIMIT 5000;

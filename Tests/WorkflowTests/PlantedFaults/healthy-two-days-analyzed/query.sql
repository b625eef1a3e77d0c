SELECT n.article, o.price AS before, n.price AS now
FROM pricing.quote n
LEFT JOIN pricing.quote o ON o.article = n.article AND o.quoted_on = '2024-05-20'
WHERE n.quoted_on = '2024-05-21' AND n.price > 2 * COALESCE(o.price, 0)
ORDER BY n.price DESC, n.article
LIMIT 40;

SELECT s.sold_on, sum(s.pieces * retail.price_of(s.article, s.sold_on)) AS turnover
FROM retail.sale s
WHERE s.sold_on = '2023-09-01'
GROUP BY s.sold_on;

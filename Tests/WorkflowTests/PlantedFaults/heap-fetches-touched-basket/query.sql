SELECT b.shopper, sum(b.cents) AS cents
FROM basket_item b
WHERE b.shopper BETWEEN 3000 AND 7500
GROUP BY b.shopper
ORDER BY cents DESC
LIMIT 10;

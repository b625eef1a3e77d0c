SELECT t.currency, count(*) AS transactions, sum(t.amount) AS turnover, max(t.booked_at) AS last
FROM card_transaction t
WHERE t.booked_at >= '2023-04-01' AND t.booked_at < '2023-12-01'
  AND t.merchant_code = 'M0000815'
GROUP BY t.currency;

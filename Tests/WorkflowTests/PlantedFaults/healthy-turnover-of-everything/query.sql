SELECT t.currency, count(*) AS transactions, sum(t.amount) AS turnover, max(t.booked_at) AS last
FROM card_transaction t
GROUP BY t.currency;

SELECT b.exchange, count(*) AS free
FROM phone.block b
WHERE b.number NOT IN (SELECT a.number FROM phone.assignment a WHERE NOT a.ended)
  AND b.exchange = 7
GROUP BY b.exchange;

SELECT c.customer_id, c.address
FROM mail_customer c
WHERE c.joined = '2023-07-01'
  AND c.address NOT IN (SELECT b.address FROM blocked_address b WHERE b.since >= '2020-02-01');

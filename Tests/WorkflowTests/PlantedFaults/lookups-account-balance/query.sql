SELECT sum(p.amount) AS balance, count(*) AS postings
FROM bank.posting p
WHERE p.account_id = 500;

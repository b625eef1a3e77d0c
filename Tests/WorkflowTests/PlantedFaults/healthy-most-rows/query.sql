SELECT method, count(*), sum(amount), max(fee)
FROM payments
WHERE fee >= 0.00 AND amount >= 0.00 AND paid_on >= '2020-07-01'
GROUP BY method
ORDER BY method;

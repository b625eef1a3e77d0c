SELECT s.subscription_id, s.email, t.code, count(*) AS renewals, sum(r.cents) AS cents
FROM subscription s
JOIN subscription_status t ON t.status_id = s.status_id
JOIN renewal r ON r.subscription_id = s.subscription_id
WHERE t.code = 'status-9' AND s.status_id = 9
GROUP BY s.subscription_id, s.email, t.code
ORDER BY s.subscription_id;

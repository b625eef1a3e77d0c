SELECT c.claim_id, c.state, c.amount
FROM billing.claims c
WHERE c.reason NOT LIKE '%duplicate%' AND c.state <> 'settled'
ORDER BY c.filed_on;

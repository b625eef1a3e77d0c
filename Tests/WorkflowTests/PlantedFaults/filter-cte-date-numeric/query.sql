WITH large_uncleared AS (
    SELECT e.account_id, e.amount
    FROM accounting.ledger_entries e
    WHERE e.amount BETWEEN 2500.00 AND 9999.00
      AND e.booked_on = DATE '2023-11-15'
      AND NOT e.cleared
), small_cleared AS (
    SELECT count(*) AS entries, sum(e.amount) AS total
    FROM accounting.ledger_entries e
    WHERE e.amount BETWEEN 0.01 AND 2499.99
      AND e.booked_on = DATE '2023-11-15'
      AND e.cleared
)
SELECT u.account_id, u.amount, s.entries AS small_entries, s.total AS small_total
FROM large_uncleared u
CROSS JOIN small_cleared s
ORDER BY u.amount DESC
LIMIT 25;

WITH balance AS NOT MATERIALIZED (
    SELECT b.account, sum(b.debit) - sum(b.credit) AS saldo, max(b.booked_on) AS last_booked
    FROM ledger.booking b
    GROUP BY b.account
)
SELECT x.account, x.saldo, x.last_booked
FROM balance x
WHERE x.account = 'A004711';

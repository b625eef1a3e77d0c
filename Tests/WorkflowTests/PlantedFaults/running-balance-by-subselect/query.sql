SELECT b.booking_no, b.amount,
       (SELECT sum(e.amount) FROM bank.booking e WHERE e.account = b.account AND e.booking_no <= b.booking_no) AS balance
FROM bank.booking b
WHERE b.account = 'DE00000000000000000042'
ORDER BY b.booking_no;

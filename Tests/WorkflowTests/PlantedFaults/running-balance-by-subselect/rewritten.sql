SELECT b.booking_no, b.amount,
       sum(b.amount) OVER (ORDER BY b.booking_no) AS balance
FROM bank.booking b
WHERE b.account = 'DE00000000000000000042'
ORDER BY b.booking_no;

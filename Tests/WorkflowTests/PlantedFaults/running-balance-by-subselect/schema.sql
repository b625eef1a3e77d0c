-- The balance after each booking is the sum of all earlier ones, taken anew per row; a window function sums up once.
CREATE SCHEMA bank;
CREATE DOMAIN bank.iban AS text CHECK (length(VALUE) BETWEEN 5 AND 34);
CREATE TABLE bank.booking (
    account bank.iban NOT NULL,
    booking_no integer NOT NULL,
    amount numeric(12,2) NOT NULL,
    purpose text NOT NULL,
    PRIMARY KEY (account, booking_no) INCLUDE (amount)
);
INSERT INTO bank.booking
SELECT 'DE' || lpad((i % 100)::text, 20, '0'), i / 100, ((hashint4(i) & 2147483647) % 200000 - 100000) / 100.0, 'purpose ' || i
FROM generate_series(0, 199999) AS i;
VACUUM ANALYZE bank.booking;

-- The index on the booking time serves the period; the merchant within it is a filter.
CREATE TABLE card_transaction (
    transaction_id bigint NOT NULL,
    booked_at timestamp NOT NULL,
    merchant_code char(8) NOT NULL,
    card_no bigint NOT NULL,
    amount numeric(10,2) NOT NULL,
    currency char(3) NOT NULL
);
INSERT INTO card_transaction
SELECT i, timestamp '2023-01-01' + make_interval(secs => i * 52), 'M' || lpad(((hashint4(i) & 2147483647) % 6000)::text, 7, '0'),
       5100000000000000 + (hashint4(i + 9) & 2147483647) % 50000, ((hashint4(i + 1) & 2147483647) % 30000) / 100.0,
       CASE WHEN i % 7 = 0 THEN 'USD' ELSE 'EUR' END
FROM generate_series(1, 1100000) AS i;
ALTER TABLE card_transaction ADD PRIMARY KEY (transaction_id);
CREATE INDEX card_transaction_booked_at_idx ON card_transaction (booked_at);
VACUUM ANALYZE card_transaction;

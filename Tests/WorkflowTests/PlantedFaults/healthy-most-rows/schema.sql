-- Payments of four years; the filter keeps all but the first half year.
CREATE TABLE payments (
    payment_id integer NOT NULL,
    paid_on date NOT NULL,
    method smallint NOT NULL,
    amount numeric(10,2) NOT NULL,
    fee numeric(8,2) NOT NULL
);
INSERT INTO payments
SELECT i, date '2020-01-01' + (hashint4(i) & 2147483647) % 1461, i % 6,
       ((hashint4(i + 1) & 2147483647) % 500000) / 100.0, ((hashint4(i + 2) & 2147483647) % 900) / 100.0
FROM generate_series(1, 1700000) AS i;
ALTER TABLE payments ADD PRIMARY KEY (payment_id);
VACUUM ANALYZE payments;

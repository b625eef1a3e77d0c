-- The account is indexed, but the fence keeps the condition outside.
CREATE SCHEMA ledger;
CREATE TABLE ledger.booking (
    booking_id integer NOT NULL,
    account varchar(10) NOT NULL,
    booked_on date NOT NULL,
    debit numeric(12,2) NOT NULL,
    credit numeric(12,2) NOT NULL
);
INSERT INTO ledger.booking
SELECT i, 'A' || lpad(((hashint4(i) & 2147483647) % 8000)::text, 6, '0'), date '2022-01-01' + i % 730, (i % 977) / 10.0, (i % 1013) / 10.0
FROM generate_series(1, 400000) AS i;
ALTER TABLE ledger.booking ADD PRIMARY KEY (booking_id);
CREATE INDEX booking_account ON ledger.booking (account);
VACUUM ANALYZE ledger.booking;

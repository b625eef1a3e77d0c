-- The list is too large to be hashed in 4 MB and is searched once per customer; it contains one NULL, so the answer is empty.
CREATE TABLE blocked_address (address text, since date NOT NULL);
INSERT INTO blocked_address SELECT CASE WHEN i <> 199999 THEN 'blocked-' || i || '@example.org' END, date '2020-01-01' + i % 900 FROM generate_series(1, 200000) AS i;
CREATE TABLE mail_customer (customer_id integer PRIMARY KEY, address text NOT NULL, joined date NOT NULL);
INSERT INTO mail_customer SELECT i, CASE WHEN i % 40 = 0 THEN 'blocked-' || i ELSE 'customer-' || i END || '@example.org', date '2023-01-01' + i % 365 FROM generate_series(1, 9000) AS i;
VACUUM ANALYZE blocked_address;
VACUUM ANALYZE mail_customer;

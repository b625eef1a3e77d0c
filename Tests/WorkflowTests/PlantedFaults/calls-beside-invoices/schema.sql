-- Two detail tables are joined to their customer side by side: each call meets each invoice, and the counts are made distinct.
CREATE SCHEMA isp;
CREATE TABLE isp.customer (customer_id integer PRIMARY KEY, area integer NOT NULL, name text NOT NULL);
INSERT INTO isp.customer SELECT i, i % 6, 'customer ' || i FROM generate_series(1, 4000) AS i;
CREATE TABLE isp.call (call_id integer PRIMARY KEY, customer_id integer NOT NULL REFERENCES isp.customer, seconds integer NOT NULL);
INSERT INTO isp.call SELECT i, 1 + (hashint4(i) & 2147483647) % 4000, i % 700 FROM generate_series(1, 160000) AS i;
CREATE TABLE isp.invoice (invoice_id integer PRIMARY KEY, customer_id integer NOT NULL REFERENCES isp.customer, cents integer NOT NULL);
INSERT INTO isp.invoice SELECT i, 1 + i % 4000, i % 9000 FROM generate_series(1, 100000) AS i;
CREATE INDEX call_customer ON isp.call (customer_id);
CREATE INDEX invoice_customer ON isp.invoice (customer_id);
VACUUM ANALYZE isp.customer;
VACUUM ANALYZE isp.call;
VACUUM ANALYZE isp.invoice;

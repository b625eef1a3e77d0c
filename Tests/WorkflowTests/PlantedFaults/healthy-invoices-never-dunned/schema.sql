-- An anti-join of everything with everything: both sides are read once and hashed; 95 of 100 invoices remain.
CREATE SCHEMA ar;
CREATE TABLE ar.invoice (invoice_no text PRIMARY KEY, cents bigint NOT NULL, due date NOT NULL);
INSERT INTO ar.invoice SELECT 'I' || lpad(i::text, 9, '0'), (hashint4(i) & 2147483647) % 1000000, date '2024-01-01' + i % 300 FROM generate_series(1, 250000) AS i;
CREATE TABLE ar.dunning (invoice_no text NOT NULL REFERENCES ar.invoice, level smallint NOT NULL, sent_on date NOT NULL, PRIMARY KEY (invoice_no, level));
INSERT INTO ar.dunning SELECT 'I' || lpad((i * 20)::text, 9, '0'), 1, date '2024-02-01' + i % 300 FROM generate_series(1, 12500) AS i;
VACUUM ANALYZE ar.invoice;
VACUUM ANALYZE ar.dunning;

-- Larger: invoice_lines is scanned once per invoice. Smaller: the invoices are found by scanning a wide table.
CREATE TABLE invoices (
    invoice_id integer NOT NULL,
    issued_on date NOT NULL,
    debtor text NOT NULL,
    address text NOT NULL
);
INSERT INTO invoices
SELECT i, date '2020-01-01' + (hashint4(i) & 2147483647) % 1400, 'debtor-' || (hashint4(i + 1) & 2147483647) % 25000,
       'address of the debtor of invoice ' || i || ', second yard, third floor'
FROM generate_series(1, 700000) AS i;
ALTER TABLE invoices ADD PRIMARY KEY (invoice_id);
CREATE TABLE invoice_lines (
    invoice_id integer NOT NULL,
    position smallint NOT NULL,
    net numeric(10,2) NOT NULL
);
INSERT INTO invoice_lines
SELECT 1 + (hashint4(i) & 2147483647) % 100000, i % 9, ((hashint4(i + 1) & 2147483647) % 100000) / 100.0
FROM generate_series(1, 400000) AS i;
VACUUM ANALYZE invoices;
VACUUM ANALYZE invoice_lines;

-- Constant and column are both integers.
CREATE TABLE supplier_invoice (
    id integer NOT NULL,
    invoice_no bigint NOT NULL,
    supplier text NOT NULL,
    total numeric(12,2) NOT NULL,
    remark text NOT NULL
);
INSERT INTO supplier_invoice
SELECT i, 200000000000 + (hashint4(i) & 2147483647), 'supplier ' || i % 2300, ((hashint4(i + 1) & 2147483647) % 100000) / 10.0,
       'payable within thirty days, two percent cash discount within ten'
FROM generate_series(1, 800000) AS i;
ALTER TABLE supplier_invoice ADD PRIMARY KEY (id);
CREATE INDEX supplier_invoice_no ON supplier_invoice (invoice_no);
VACUUM ANALYZE supplier_invoice;

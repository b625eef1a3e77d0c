-- invoice_line.invoiced_on always equals invoice.invoiced_on; without the repeated condition all eighteen partitions are read.
CREATE SCHEMA erp;
CREATE TABLE erp.invoice (invoice_no integer PRIMARY KEY, invoiced_on date NOT NULL, debtor integer NOT NULL);
INSERT INTO erp.invoice SELECT i, date '2023-01-01' + i / 150, (hashint4(i) & 2147483647) % 9000 FROM generate_series(0, 79999) AS i;
CREATE INDEX invoice_date ON erp.invoice (invoiced_on);
CREATE TABLE erp.invoice_line (
    invoiced_on date NOT NULL,
    invoice_no integer NOT NULL,
    article integer NOT NULL,
    net numeric(10,2) NOT NULL
) PARTITION BY RANGE (invoiced_on);
DO $$ BEGIN
    FOR m IN 0..17 LOOP
        EXECUTE format('CREATE TABLE erp.invoice_line_%s PARTITION OF erp.invoice_line FOR VALUES FROM (%L) TO (%L)', m,
                       (date '2023-01-01' + make_interval(months => m))::date, (date '2023-02-01' + make_interval(months => m))::date);
    END LOOP;
END $$;
INSERT INTO erp.invoice_line
SELECT date '2023-01-01' + (i % 80000) / 150, i % 80000, (hashint4(i) & 2147483647) % 3000, (i % 5000) / 10.0 FROM generate_series(0, 799999) AS i;
VACUUM ANALYZE erp.invoice;
VACUUM ANALYZE erp.invoice_line;

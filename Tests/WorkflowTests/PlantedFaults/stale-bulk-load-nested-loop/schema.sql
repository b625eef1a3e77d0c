-- Batch 77 was loaded after the last ANALYZE: the planner expects one row of it and loops over all of it for each supplier.
CREATE SCHEMA purchasing;
CREATE TABLE purchasing.imports (
    import_id integer PRIMARY KEY,
    batch_id integer NOT NULL,
    supplier_id integer NOT NULL,
    quantity integer NOT NULL
) WITH (autovacuum_enabled = false);
CREATE INDEX imports_batch ON purchasing.imports (batch_id);
INSERT INTO purchasing.imports
SELECT i, 1 + i % 40, (hashint4(i) & 2147483647) % 900, 1 + i % 20 FROM generate_series(1, 12000) AS i;
VACUUM ANALYZE purchasing.imports;
INSERT INTO purchasing.imports
SELECT i, 77, (hashint4(i) & 2147483647) % 900, 1 + i % 20 FROM generate_series(12001, 22000) AS i;

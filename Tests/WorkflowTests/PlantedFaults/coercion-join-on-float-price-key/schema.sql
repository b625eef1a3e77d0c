-- Spreadsheet import: thirty numbers as double precision against 900000 integers.
CREATE SCHEMA freight;
CREATE TABLE freight.consignment (
    consignment_no integer NOT NULL,
    origin char(5) NOT NULL,
    destination char(5) NOT NULL,
    weight_kg numeric(9,1) NOT NULL,
    notes text NOT NULL
);
INSERT INTO freight.consignment
SELECT i, 'DE' || lpad((i % 999)::text, 3, '0'), 'FR' || lpad((i % 887)::text, 3, '0'), ((hashint4(i) & 2147483647) % 300000) / 10.0, 'pallet of machine parts ' || i
FROM generate_series(1, 900000) AS i;
ALTER TABLE freight.consignment ADD PRIMARY KEY (consignment_no);
CREATE TABLE freight.sheet_import (row_no integer PRIMARY KEY, "Consignment" double precision, "Claim" text);
INSERT INTO freight.sheet_import SELECT i, (i * 29989)::double precision, 'wet on arrival' FROM generate_series(1, 30) AS i;
VACUUM ANALYZE freight.consignment;
VACUUM ANALYZE freight.sheet_import;

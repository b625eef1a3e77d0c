-- A hash of one batch survives the rescans of the sub-query, one of several batches is rebuilt each time.
CREATE SCHEMA freight;
CREATE TABLE freight.depot (depot integer PRIMARY KEY, name text NOT NULL);
INSERT INTO freight.depot SELECT i, 'depot ' || i FROM generate_series(1, 11) AS i;
CREATE TABLE freight.tariff (zone integer NOT NULL, weight_class integer NOT NULL, rate numeric(8,3) NOT NULL, clause text NOT NULL);
INSERT INTO freight.tariff SELECT i % 1000, i / 1000, 1 + (i % 700) / 100.0, 'clause ' || i || repeat('.', 40) FROM generate_series(0, 99999) AS i;
CREATE TABLE freight.shipment (shipment integer PRIMARY KEY, depot integer NOT NULL, zone integer NOT NULL, weight_class integer NOT NULL, kilos integer NOT NULL);
INSERT INTO freight.shipment
SELECT i, 1 + i % 11, (hashint4(i) & 2147483647) % 1000, (hashint4(i + 1) & 2147483647) % 100, i % 900 FROM generate_series(1, 33000) AS i;
CREATE INDEX shipment_depot ON freight.shipment (depot);
VACUUM ANALYZE freight.depot;
VACUUM ANALYZE freight.tariff;
VACUUM ANALYZE freight.shipment;

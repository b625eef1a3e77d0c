-- The condition between the customer and the region is missing; DISTINCT removes the multiplied rows again.
CREATE SCHEMA trade;
CREATE TABLE trade.region (region_id integer PRIMARY KEY, name text NOT NULL, active boolean NOT NULL);
INSERT INTO trade.region SELECT i, 'region ' || i, true FROM generate_series(1, 80) AS i;
CREATE TABLE trade.customer (customer_id integer PRIMARY KEY, region_id integer NOT NULL REFERENCES trade.region, name text NOT NULL);
INSERT INTO trade.customer SELECT i, 1 + i % 80, 'customer ' || i FROM generate_series(1, 4000) AS i;
CREATE TABLE trade.purchase (purchase_id integer PRIMARY KEY, customer_id integer NOT NULL REFERENCES trade.customer, placed date NOT NULL, net numeric(10,2) NOT NULL);
INSERT INTO trade.purchase
SELECT i, 1 + (hashint4(i) & 2147483647) % 4000, date '2023-01-01' + i % 365, (i % 7000) / 10.0 FROM generate_series(1, 100000) AS i;
CREATE INDEX purchase_placed ON trade.purchase (placed);
VACUUM ANALYZE trade.region;
VACUUM ANALYZE trade.customer;
VACUUM ANALYZE trade.purchase;

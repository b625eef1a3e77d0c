-- An UPDATE of every second row: scanning is right, and the time goes into writing.
CREATE SCHEMA wholesale;
CREATE DOMAIN wholesale.sku AS varchar(20) CHECK (VALUE <> '');
CREATE TABLE wholesale.item (sku wholesale.sku PRIMARY KEY, family smallint NOT NULL, net numeric(10,2) NOT NULL, changed_on date);
INSERT INTO wholesale.item SELECT 'S' || i, i % 10, (i % 9000) / 10.0, NULL FROM generate_series(1, 90000) AS i;
CREATE TABLE wholesale.surcharge (family smallint PRIMARY KEY, percent numeric(5,2) NOT NULL);
INSERT INTO wholesale.surcharge SELECT f, f FROM generate_series(0, 9, 2) AS f;
VACUUM ANALYZE wholesale.item;
VACUUM ANALYZE wholesale.surcharge;

-- The join by name hides that the constant is the frequent one; a loop of index lookups follows.
CREATE SCHEMA wms;
CREATE TABLE wms.warehouse (warehouse_id integer PRIMARY KEY, name text NOT NULL UNIQUE);
INSERT INTO wms.warehouse SELECT i, CASE WHEN i = 1 THEN 'Main' ELSE 'Outpost ' || i END FROM generate_series(1, 3000) AS i;
CREATE TABLE wms.article (article_id integer PRIMARY KEY, weight_g integer NOT NULL, name text NOT NULL);
INSERT INTO wms.article SELECT i * 7, (hashint4(i) & 2147483647) % 30000, 'article ' || i || repeat('-', 60) FROM generate_series(1, 15000) AS i;
CREATE TABLE wms.bin (bin_id integer PRIMARY KEY, aisle text NOT NULL, picked boolean NOT NULL);
INSERT INTO wms.bin SELECT i * 3, 'aisle ' || i % 40, i % 9 > 0 FROM generate_series(1, 12000) AS i;
CREATE TABLE wms.movement (
    movement_id integer NOT NULL,
    warehouse_id integer NOT NULL,
    article_id integer NOT NULL,
    bin_id integer NOT NULL,
    quantity integer NOT NULL
);
INSERT INTO wms.movement
SELECT i, CASE WHEN i % 10 < 9 THEN 1 ELSE 2 + (hashint4(i) & 2147483647) % 2999 END, 7 * (1 + (hashint4(i + 1) & 2147483647) % 15000), 3 * (1 + (hashint4(i + 2) & 2147483647) % 12000), 1 + i % 50
FROM generate_series(1, 160000) AS i;
ALTER TABLE wms.movement ADD PRIMARY KEY (movement_id);
CREATE INDEX movement_warehouse ON wms.movement (warehouse_id);
VACUUM ANALYZE wms.warehouse;
VACUUM ANALYZE wms.article;
VACUUM ANALYZE wms.bin;
VACUUM ANALYZE wms.movement;

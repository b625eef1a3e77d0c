-- An UPDATE whose row is found by two unindexed text columns.
CREATE SCHEMA inventory;
CREATE TABLE inventory.stock_items (
    item_id integer NOT NULL,
    warehouse text NOT NULL,
    lot_code varchar(12) NOT NULL,
    reserved integer NOT NULL
);
INSERT INTO inventory.stock_items
SELECT i, 'W' || i % 8, 'LOT-' || lpad(((hashint4(i) & 2147483647) % 50000)::text, 6, '0'), i % 5
FROM generate_series(1, 1500000) AS i;
ALTER TABLE inventory.stock_items ADD PRIMARY KEY (item_id);
VACUUM ANALYZE inventory.stock_items;

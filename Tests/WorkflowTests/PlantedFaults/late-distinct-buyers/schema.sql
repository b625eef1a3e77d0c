-- Existence asked for by a join: every buyer is repeated for each item and made unique again.
CREATE SCHEMA shop;
CREATE TABLE shop.buyer (buyer_id integer PRIMARY KEY, name text NOT NULL, street text NOT NULL, town text NOT NULL, note text NOT NULL);
INSERT INTO shop.buyer SELECT i, 'buyer ' || i, 'street ' || i, 'town ' || i % 90, repeat('n', 100) FROM generate_series(1, 2000) AS i;
CREATE TABLE shop.order_item (item_id integer NOT NULL, buyer_id integer NOT NULL, sku integer NOT NULL, pieces integer NOT NULL);
INSERT INTO shop.order_item
SELECT i, 1 + (hashint4(i) & 2147483647) % 1900, i % 900, 1 + i % 5 FROM generate_series(1, 400000) AS i;
ALTER TABLE shop.order_item ADD PRIMARY KEY (item_id);
CREATE INDEX order_item_buyer ON shop.order_item (buyer_id);
VACUUM ANALYZE shop.buyer;
VACUUM ANALYZE shop.order_item;

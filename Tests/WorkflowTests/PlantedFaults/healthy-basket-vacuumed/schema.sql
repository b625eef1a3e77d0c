-- Vacuumed after the nightly job; a handful of rows touched since.
CREATE TABLE basket_item (
    item_id integer NOT NULL,
    shopper integer NOT NULL,
    cents integer NOT NULL,
    title text NOT NULL,
    reminded boolean NOT NULL
) WITH (autovacuum_enabled = false, fillfactor = 95);
INSERT INTO basket_item
SELECT i, (hashint4(i) & 2147483647) % 20000, (hashint4(i + 1) & 2147483647) % 30000, 'article with a long name ' || repeat(md5(i::text), 5), false
FROM generate_series(1, 380000) AS i;
ALTER TABLE basket_item ADD PRIMARY KEY (item_id);
CREATE INDEX basket_item_shopper ON basket_item (shopper, cents);
VACUUM ANALYZE basket_item;
UPDATE basket_item SET reminded = true WHERE item_id % 25 = 0;
VACUUM ANALYZE basket_item;
UPDATE basket_item SET reminded = false WHERE item_id < 2000;

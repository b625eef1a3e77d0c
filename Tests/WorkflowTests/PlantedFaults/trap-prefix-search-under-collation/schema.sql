-- LIKE 'prefix%' on a column with an ICU collation: its ordinary index stays unused.
CREATE SCHEMA parts;
CREATE TABLE parts.item (item_id integer NOT NULL, part_no text COLLATE "und-x-icu" NOT NULL, label text NOT NULL, stock integer NOT NULL);
INSERT INTO parts.item SELECT i, upper(substr(md5(i::text), 1, 4)) || '-' || lpad(i::text, 8, '0'), 'spare part number ' || i || ' for the loom', i % 500 FROM generate_series(1, 700000) AS i;
ALTER TABLE parts.item ADD PRIMARY KEY (item_id);
CREATE UNIQUE INDEX item_part_no ON parts.item (part_no);
VACUUM ANALYZE parts.item;

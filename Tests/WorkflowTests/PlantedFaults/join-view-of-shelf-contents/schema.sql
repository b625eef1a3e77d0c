-- The referencing side of a two-column foreign key, reached through a view and a LEFT JOIN.
CREATE SCHEMA store;
CREATE TABLE store.shelf (house char(3) NOT NULL, shelf integer NOT NULL, inspected date, PRIMARY KEY (house, shelf));
INSERT INTO store.shelf SELECT 'H' || lpad((i % 20)::text, 2, '0'), i, date '2023-01-01' + (hashint4(i) & 2147483647) % 700 FROM generate_series(1, 20000) AS i;
CREATE INDEX shelf_inspected ON store.shelf (inspected);
CREATE TABLE store.content (content_id bigint NOT NULL, house char(3) NOT NULL, shelf integer NOT NULL, article integer NOT NULL, pieces integer NOT NULL);
INSERT INTO store.content
SELECT i, 'H' || lpad((s % 20)::text, 2, '0'), s, i % 3000, i % 12 FROM (SELECT i, 1 + (hashint4(i) & 2147483647) % 20000 AS s FROM generate_series(1, 700000) AS i) AS x;
ALTER TABLE store.content ADD PRIMARY KEY (content_id);
CREATE VIEW store.inventory AS
SELECT s.house, s.shelf, s.inspected, c.article, c.pieces
FROM store.shelf s LEFT JOIN store.content c ON c.house = s.house AND c.shelf = s.shelf;
VACUUM ANALYZE store.shelf;
VACUUM ANALYZE store.content;

-- The 5000 most valuable lines, ordered by a product of columns of two tables: no index can give that order,
-- and 5000 wide rows do not fit into 4 MB, so all 150000 are sorted on disk.
CREATE TABLE articles (
    article_id integer PRIMARY KEY,
    unit_price numeric(9,2) NOT NULL,
    description text NOT NULL
);
INSERT INTO articles
SELECT i, 1 + ((hashint4(i) & 2147483647) % 90000) / 100.0,
       'article ' || i || repeat(' with a long description of what it is made of', 29)
FROM generate_series(1, 3000) AS i;
CREATE TABLE basket_lines (
    line_id integer NOT NULL,
    article_id integer NOT NULL,
    pieces integer NOT NULL
);
INSERT INTO basket_lines
SELECT i, 1 + (hashint4(i + 1) & 2147483647) % 3000, 1 + (hashint4(i + 2) & 2147483647) % 400
FROM generate_series(1, 150000) AS i;
VACUUM ANALYZE articles;
VACUUM ANALYZE basket_lines;

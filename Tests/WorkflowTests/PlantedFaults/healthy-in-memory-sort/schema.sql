-- The 300 most valuable lines: a heap of 300 rows stays in memory.
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

-- A three-column key whose columns depend on each other; without the foreign key the join is estimated as a product of three.
CREATE SCHEMA scm;
CREATE TABLE scm.warehouse (region smallint NOT NULL, country smallint NOT NULL, warehouse integer NOT NULL, name text NOT NULL, PRIMARY KEY (region, country, warehouse));
INSERT INTO scm.warehouse SELECT w / 250, w / 25, w, 'warehouse ' || w FROM generate_series(0, 1999) AS w;
CREATE TABLE scm.article (article_id integer PRIMARY KEY, weight_g integer NOT NULL, label text NOT NULL);
INSERT INTO scm.article SELECT i, 10 + i % 9000, 'article ' || i || ' with its long description' FROM generate_series(0, 199999) AS i;
CREATE TABLE scm.batch (batch_id integer PRIMARY KEY, best_before date NOT NULL, lot text NOT NULL);
INSERT INTO scm.batch SELECT i, date '2024-01-01' + i % 900, 'lot ' || i FROM generate_series(0, 149999) AS i;
CREATE TABLE scm.stock (region smallint NOT NULL, country smallint NOT NULL, warehouse integer NOT NULL, article_id integer NOT NULL, batch_id integer NOT NULL, pieces integer NOT NULL);
INSERT INTO scm.stock
SELECT w / 250, w / 25, w, (hashint4(i + 1) & 2147483647) % 200000, (hashint4(i + 2) & 2147483647) % 150000, i % 90
FROM (SELECT i, (hashint4(i) & 2147483647) % 2000 AS w FROM generate_series(1, 400000) AS i) AS x;
VACUUM ANALYZE scm.warehouse;
VACUUM ANALYZE scm.article;
VACUUM ANALYZE scm.batch;
VACUUM ANALYZE scm.stock;

-- A correlated sub-select over an index takes a few percent of a statement that sums up everything.
CREATE SCHEMA club;
CREATE TABLE club.member (member_id integer PRIMARY KEY, section smallint NOT NULL, joined date NOT NULL);
INSERT INTO club.member SELECT i, i % 25, date '2000-01-01' + i % 8000 FROM generate_series(1, 20000) AS i;
CREATE TABLE club.training (member_id integer NOT NULL, on_day date NOT NULL, points numeric(6,2) NOT NULL);
INSERT INTO club.training SELECT 1 + (hashint4(i) & 2147483647) % 20000, date '2023-01-01' + i % 600, (i % 500) / 7.0 FROM generate_series(1, 400000) AS i;
CREATE TABLE club.section (section smallint PRIMARY KEY, title text NOT NULL, hall text NOT NULL);
INSERT INTO club.section SELECT i, 'section ' || i, 'hall ' || i % 4 FROM generate_series(0, 24) AS i;
VACUUM ANALYZE club.member;
VACUUM ANALYZE club.training;
VACUUM ANALYZE club.section;

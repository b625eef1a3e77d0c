-- A large LIMIT over wide rows by a product of two tables' columns, partitioned by year: no index can hold that order.
CREATE SCHEMA press;
CREATE TABLE press.report (report_id integer NOT NULL, weight integer NOT NULL, abstract text NOT NULL, PRIMARY KEY (report_id));
ALTER TABLE press.report ALTER abstract SET STORAGE PLAIN;
INSERT INTO press.report SELECT i, 1 + (hashint4(i) & 2147483647) % 90, 'abstract ' || i || repeat(' of the report', 90) FROM generate_series(1, 3000) AS i;
CREATE TABLE press.rating (report_id integer NOT NULL, year smallint NOT NULL, reader integer NOT NULL, points integer NOT NULL) PARTITION BY LIST (year);
CREATE TABLE press.rating_2023 PARTITION OF press.rating FOR VALUES IN (2023);
CREATE TABLE press.rating_2024 PARTITION OF press.rating FOR VALUES IN (2024);
INSERT INTO press.rating
SELECT 1 + (hashint4(i) & 2147483647) % 3000, 2023 + i % 2, i % 7000, (hashint4(i + 1) & 2147483647) % 5000 FROM generate_series(1, 170000) AS i;
VACUUM ANALYZE press.report;
VACUUM ANALYZE press.rating;

-- A misestimate at a full scan under a plain aggregate: no other plan would be better.
CREATE SCHEMA census;
CREATE TABLE census.person (person_id integer NOT NULL, profession text NOT NULL, degree text NOT NULL, sector text NOT NULL, income integer NOT NULL, born date NOT NULL);
INSERT INTO census.person
SELECT i, 'profession ' || CASE WHEN i % 10 < 3 THEN 0 ELSE 1 + i % 9 END, 'degree ' || CASE WHEN i % 10 < 3 THEN 0 ELSE 1 + i % 7 END,
       'sector ' || CASE WHEN i % 10 < 3 THEN 0 ELSE 1 + i % 5 END, (hashint4(i) & 2147483647) % 90000, date '1950-01-01' + i % 18000
FROM generate_series(1, 600000) AS i;
VACUUM ANALYZE census.person;

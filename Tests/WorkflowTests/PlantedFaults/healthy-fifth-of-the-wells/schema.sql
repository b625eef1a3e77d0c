-- A bitmap scan that brings a fifth of the table, all of which is used in costly arithmetic.
CREATE SCHEMA hydro;
CREATE TABLE hydro.level (well integer NOT NULL, at timestamptz NOT NULL, metres numeric(8,3) NOT NULL, celsius numeric(5,2) NOT NULL, basin smallint NOT NULL);
INSERT INTO hydro.level
SELECT i % 600, timestamptz '2024-01-01 00:00:00+00' + make_interval(mins => i), 1 + ((hashint4(i) & 2147483647) % 90000) / 1000.0, ((hashint4(i + 1) & 2147483647) % 3000) / 100.0, (hashint4(i + 2) & 2147483647) % 10
FROM generate_series(1, 240000) AS i;
CREATE INDEX level_basin ON hydro.level (basin);
VACUUM ANALYZE hydro.level;

-- The CTE is referenced twice, hence materialised with all its columns; two narrow ones are used.
CREATE SCHEMA hr;
CREATE TABLE hr.personnel_file (
    person_no integer PRIMARY KEY,
    department smallint NOT NULL,
    salary numeric(9,2) NOT NULL,
    curriculum text NOT NULL,
    assessment text NOT NULL,
    contract text NOT NULL
);
ALTER TABLE hr.personnel_file ALTER curriculum SET STORAGE PLAIN, ALTER assessment SET STORAGE PLAIN, ALTER contract SET STORAGE PLAIN;
INSERT INTO hr.personnel_file
SELECT i, i % 120, 2000 + ((hashint4(i) & 2147483647) % 700000) / 100.0,
       repeat(md5(i::text), 25), repeat(md5((i + 1)::text), 20), repeat(md5((i + 2)::text), 15)
FROM generate_series(1, 50000) AS i;
VACUUM ANALYZE hr.personnel_file;

-- The set-returning function has the default of 1000 rows; it returns four.
CREATE SCHEMA lab;
CREATE TABLE lab.site (site_id integer PRIMARY KEY, country char(2) NOT NULL, accredited boolean NOT NULL);
INSERT INTO lab.site SELECT i, 'L' || i % 7, i % 100 = 0 FROM generate_series(1, 1000) AS i;
CREATE TABLE lab.measurement (
    measurement_id integer NOT NULL,
    site_id integer NOT NULL,
    analyte text NOT NULL,
    value numeric(10,3) NOT NULL
);
INSERT INTO lab.measurement
SELECT i, 1 + (hashint4(i) & 2147483647) % 1000, 'analyte ' || i % 60, ((hashint4(i + 1) & 2147483647) % 1000000) / 1000.0
FROM generate_series(1, 800000) AS i;
ALTER TABLE lab.measurement ADD PRIMARY KEY (measurement_id);
CREATE INDEX measurement_site ON lab.measurement (site_id);
CREATE FUNCTION lab.accredited_sites(first integer, last integer) RETURNS TABLE (id integer) LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN QUERY SELECT s.site_id FROM lab.site s WHERE s.accredited AND s.site_id BETWEEN first AND last;
END $$;
VACUUM ANALYZE lab.site;
VACUUM ANALYZE lab.measurement;

-- A bitmap that does not fit into work_mem keeps pages instead of rows; the recheck repeats the costly condition on all rows of the page.
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = ''64kB''', current_database()); END $$;
CREATE TABLE permit (
    permit_id integer PRIMARY KEY,
    district smallint NOT NULL,
    granted_on date NOT NULL,
    holder text NOT NULL
);
INSERT INTO permit
SELECT i, (hashint4(i) & 2147483647) % 25, date '2015-01-01' + (hashint4(i + 1) & 2147483647) % 3000,
       'holder ' || i || ' of ' || md5((i % 5000)::text)
FROM generate_series(1, 900000) AS i;
CREATE INDEX permit_district ON permit (district);
CREATE INDEX permit_granted ON permit (granted_on);
VACUUM ANALYZE permit;

-- A bitmap that does not fit into work_mem keeps pages instead of rows; the recheck repeats the costly condition on all rows of the page.
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = ''64kB''', current_database()); END $$;
CREATE TABLE permit (
    permit_id integer NOT NULL,
    district smallint NOT NULL,
    granted_on date NOT NULL,
    holder text NOT NULL
);
INSERT INTO permit
SELECT i, (hashint4(i) & 2147483647) % 25, date '2015-01-01' + (hashint4(i + 1) & 2147483647) % 3000,
       'holder ' || i || ' of the licence for the market place'
FROM generate_series(1, 700000) AS i;
ALTER TABLE permit ADD PRIMARY KEY (permit_id);
CREATE INDEX permit_district ON permit (district);
CREATE INDEX permit_granted ON permit (granted_on);
VACUUM ANALYZE permit;

-- Somebody once forbade nested loops to the application's role in this database; the indexes of a look-up query go unused.
DO $$ BEGIN EXECUTE format('ALTER ROLE CURRENT_USER IN DATABASE %I SET enable_nestloop = off', current_database()); END $$;
CREATE SCHEMA lab;
CREATE TABLE lab.sample (sample_id bigint PRIMARY KEY, patient text NOT NULL, drawn_at timestamptz NOT NULL);
INSERT INTO lab.sample SELECT i, 'P' || (hashint4(i) & 2147483647) % 40000, timestamptz '2024-01-01 00:00:00+00' + make_interval(mins => i) FROM generate_series(1, 200000) AS i;
CREATE INDEX sample_patient ON lab.sample (patient);
CREATE TABLE lab.result (sample_id bigint NOT NULL, analyte text NOT NULL, value numeric(10,4) NOT NULL, flagged boolean NOT NULL DEFAULT false, PRIMARY KEY (sample_id, analyte));
INSERT INTO lab.result SELECT 1 + i / 4, 'analyte ' || i % 4, (i % 7919) / 100.0 FROM generate_series(0, 799999) AS i;
VACUUM ANALYZE lab.sample;
VACUUM ANALYZE lab.result;

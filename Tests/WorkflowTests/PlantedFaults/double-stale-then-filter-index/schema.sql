-- Larger: the planner expects one row of a run that was loaded after the last ANALYZE and loops a CTE over itself.
-- Smaller: the threshold is read from a large table by an unindexed key.
CREATE SCHEMA lab;
CREATE TABLE lab.thresholds (
    threshold_id integer NOT NULL,
    code text NOT NULL,
    level numeric(8,3) NOT NULL
);
INSERT INTO lab.thresholds
SELECT i, 'T-' || lpad(i::text, 8, '0'), ((hashint4(i) & 2147483647) % 1000) / 1000.0 FROM generate_series(1, 1000000) AS i;
ALTER TABLE lab.thresholds ADD PRIMARY KEY (threshold_id);
VACUUM ANALYZE lab.thresholds;
CREATE TABLE lab.results (
    result_id integer PRIMARY KEY,
    run text NOT NULL,
    probe integer NOT NULL,
    reading numeric(8,3) NOT NULL
) WITH (autovacuum_enabled = false);
CREATE INDEX results_run ON lab.results (run);
INSERT INTO lab.results
SELECT i, 'run-' || i % 30, i % 5000, ((hashint4(i + 1) & 2147483647) % 10000) / 1000.0
FROM generate_series(1, 3000) AS i;
ANALYZE lab.results;
INSERT INTO lab.results
SELECT i, 'run-2024', i % 5000, ((hashint4(i + 1) & 2147483647) % 10000) / 1000.0
FROM generate_series(3001, 6800) AS i;

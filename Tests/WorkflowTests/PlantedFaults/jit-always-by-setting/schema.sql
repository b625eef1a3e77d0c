-- Somebody set all three JIT thresholds to zero to "make use of JIT"; a report of many expressions over little data compiles longer than it runs.
DO $$
BEGIN
    EXECUTE format('ALTER DATABASE %I SET jit_above_cost = 0', current_database());
    EXECUTE format('ALTER DATABASE %I SET jit_inline_above_cost = 0', current_database());
    EXECUTE format('ALTER DATABASE %I SET jit_optimize_above_cost = 0', current_database());
END $$;
CREATE SCHEMA energy;
CREATE TABLE energy.load (meter integer NOT NULL, at timestamp NOT NULL, watts integer NOT NULL, PRIMARY KEY (meter, at));
INSERT INTO energy.load
SELECT i / 500, timestamp '2024-01-01' + make_interval(mins => 15 * (i % 500)), (hashint4(i) & 2147483647) % 4000
FROM generate_series(0, 199999) AS i;
VACUUM ANALYZE energy.load;

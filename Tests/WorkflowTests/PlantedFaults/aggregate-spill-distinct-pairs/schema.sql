-- The pairs are nearly all different; a hash of them does not fit.
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = ''1MB''', current_database()); END $$;
CREATE TABLE follow (
    follower text NOT NULL,
    followed text NOT NULL,
    since date NOT NULL
);
INSERT INTO follow
SELECT 'account/' || repeat('x', 60) || (hashint4(i) & 2147483647) % 40000, 'account/' || repeat('y', 60) || (hashint4(i + 1) & 2147483647) % 20, date '2020-01-01' + i % 900
FROM generate_series(1, 400000) AS i;
VACUUM ANALYZE follow;

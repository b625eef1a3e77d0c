-- The histogram ends in March, the question begins in April; the time has no index that could tell the planner the true maximum.
CREATE TABLE gate_pass (
    pass_id bigint PRIMARY KEY,
    badge integer NOT NULL,
    passed_at timestamptz NOT NULL,
    inward boolean NOT NULL
) WITH (autovacuum_enabled = false);
INSERT INTO gate_pass
SELECT i, (hashint4(i) & 2147483647) % 20000, timestamptz '2024-01-01 00:00:00+00' + make_interval(secs => i * 45), i % 2 = 0
FROM generate_series(100001, 150000) AS i;
VACUUM ANALYZE gate_pass;
INSERT INTO gate_pass
SELECT i, (hashint4(i) & 2147483647) % 20000, timestamptz '2024-01-01 00:00:00+00' + make_interval(secs => i * 45), i % 2 = 0
FROM generate_series(175000, 178500) AS i;

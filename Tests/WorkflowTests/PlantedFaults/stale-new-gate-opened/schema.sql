-- Neither the new gate nor April is in the statistics; autovacuum is off for the table.
CREATE TABLE gate_pass (
    pass_id bigint NOT NULL,
    badge integer NOT NULL,
    gate text NOT NULL,
    passed_at timestamptz NOT NULL
) WITH (autovacuum_enabled = false);
INSERT INTO gate_pass
SELECT i, (hashint4(i) & 2147483647) % 20000, 'gate ' || i % 6, timestamptz '2024-01-01 00:00:00+00' + make_interval(secs => i * 45)
FROM generate_series(1, 50000) AS i;
ALTER TABLE gate_pass ADD PRIMARY KEY (pass_id);
VACUUM ANALYZE gate_pass;
INSERT INTO gate_pass
SELECT i, (hashint4(i) & 2147483647) % 20000, 'north annex', timestamptz '2024-01-01 00:00:00+00' + make_interval(secs => i * 45)
FROM generate_series(175000, 177000) AS i;

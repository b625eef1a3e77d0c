-- The covering index in the order of the DISTINCT ON.
CREATE SCHEMA fleet;
CREATE TABLE fleet.state_change (
    change_id integer NOT NULL,
    vehicle integer NOT NULL,
    changed_at timestamptz NOT NULL,
    state text NOT NULL
);
INSERT INTO fleet.state_change
SELECT i, (hashint4(i) & 2147483647) % 3000, timestamptz '2024-01-01 00:00:00+00' + make_interval(secs => i * 20), (ARRAY['idle','moving','charging','service'])[1 + i % 4]
FROM generate_series(1, 400000) AS i;
ALTER TABLE fleet.state_change ADD PRIMARY KEY (change_id);
CREATE INDEX state_change_latest ON fleet.state_change (vehicle, changed_at DESC) INCLUDE (state);
VACUUM ANALYZE fleet.state_change;

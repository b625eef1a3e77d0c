-- Loaded and analysed by the migration, never vacuumed: nothing is all-visible, so the covering index is not worth an index-only scan.
CREATE TABLE vote (
    voter integer NOT NULL,
    poll integer NOT NULL,
    choice smallint NOT NULL,
    cast_at timestamptz NOT NULL,
    ip inet NOT NULL,
    agent text NOT NULL
) WITH (autovacuum_enabled = false);
INSERT INTO vote
SELECT i, (hashint4(i) & 2147483647) % 120, (hashint4(i + 1) & 2147483647) % 5, timestamptz '2024-01-01 00:00:00+00' + make_interval(secs => i),
       '10.0.0.0'::inet + i, 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 like Gecko, Version/17.0 Safari/605'
FROM generate_series(1, 800000) AS i;
CREATE INDEX vote_poll_choice ON vote (poll, choice);
ANALYZE vote;

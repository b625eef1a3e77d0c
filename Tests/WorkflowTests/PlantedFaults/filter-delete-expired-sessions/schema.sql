-- A DELETE by a range over a timestamp without an index; the old rows lie everywhere in the table.
CREATE TABLE sessions (
    session_id integer NOT NULL,
    user_id integer NOT NULL,
    last_seen timestamp NOT NULL,
    pinned boolean NOT NULL
);
INSERT INTO sessions
SELECT i, (hashint4(i) & 2147483647) % 90000,
       timestamp '2024-01-01' + make_interval(secs => (hashint4(i + 1) & 2147483647) % 31536000),
       i % 50 = 0
FROM generate_series(1, 1500000) AS i;
ALTER TABLE sessions ADD PRIMARY KEY (session_id);
VACUUM ANALYZE sessions;

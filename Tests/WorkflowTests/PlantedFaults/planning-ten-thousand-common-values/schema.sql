-- Both join columns keep 10000 common values of long text; the join selectivity is computed anew for every statement.
CREATE TABLE song (song_key text NOT NULL, title text NOT NULL);
CREATE TABLE play (play_id integer PRIMARY KEY, song_key text NOT NULL, at timestamp NOT NULL);
ALTER TABLE song ALTER song_key SET STATISTICS 10000;
ALTER TABLE play ALTER song_key SET STATISTICS 10000;
INSERT INTO song SELECT 'song/' || repeat('0', 30) || i % 7000, 'title ' || i FROM generate_series(1, 100000) AS i;
INSERT INTO play SELECT i, 'song/' || repeat('0', 30) || i % 7000, timestamp '2024-01-01' + make_interval(secs => i) FROM generate_series(1, 100000) AS i;
CREATE INDEX song_key_idx ON song (song_key);
VACUUM ANALYZE song;
VACUUM ANALYZE play;

-- A full scan with a filter that keeps 83 percent; an index on the flag would not be used.
CREATE TABLE newsletter_reader (reader_id integer NOT NULL, email text NOT NULL, active boolean NOT NULL, opened integer NOT NULL);
INSERT INTO newsletter_reader SELECT i, 'reader' || i || '@example.net', i % 6 <> 0, (hashint4(i) & 2147483647) % 200 FROM generate_series(1, 700000) AS i;
ALTER TABLE newsletter_reader ADD PRIMARY KEY (reader_id);
VACUUM ANALYZE newsletter_reader;

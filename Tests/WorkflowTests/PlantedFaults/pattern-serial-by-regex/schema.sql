-- A regular expression over each of 300000 serials; a trigram index could narrow it by its fixed part.
CREATE TABLE engine (engine_id integer NOT NULL, serial text NOT NULL, built date NOT NULL);
INSERT INTO engine SELECT i, 'EN' || upper(md5(i::text)) || '-' || i % 97, date '2001-01-01' + i % 8000 FROM generate_series(1, 300000) AS i;
ALTER TABLE engine ADD PRIMARY KEY (engine_id);
CREATE INDEX engine_serial ON engine (serial);
VACUUM ANALYZE engine;

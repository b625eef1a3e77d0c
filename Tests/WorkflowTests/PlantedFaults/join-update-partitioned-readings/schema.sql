-- UPDATE … WHERE EXISTS over a partitioned table whose join column is not indexed.
CREATE SCHEMA grid;
CREATE TABLE grid.reading (read_at timestamptz NOT NULL, meter uuid NOT NULL, kwh numeric(10,3) NOT NULL, suspect boolean NOT NULL DEFAULT false) PARTITION BY RANGE (read_at);
CREATE TABLE grid.reading_h1 PARTITION OF grid.reading FOR VALUES FROM ('2024-01-01 00:00:00+00') TO ('2024-07-01 00:00:00+00');
CREATE TABLE grid.reading_h2 PARTITION OF grid.reading FOR VALUES FROM ('2024-07-01 00:00:00+00') TO ('2025-01-01 00:00:00+00');
INSERT INTO grid.reading (read_at, meter, kwh)
SELECT timestamptz '2024-01-01 00:00:00+00' + make_interval(secs => i * 45), md5('meter' || (hashint4(i) & 2147483647) % 9000)::uuid, (i % 90000) / 1000.0 FROM generate_series(1, 650000) AS i;
CREATE TABLE grid.faulty_meter (meter uuid PRIMARY KEY, reported date NOT NULL);
INSERT INTO grid.faulty_meter SELECT md5('meter' || i * 1700)::uuid, date '2024-12-01' FROM generate_series(1, 5) AS i;
VACUUM ANALYZE grid.reading;
VACUUM ANALYZE grid.faulty_meter;

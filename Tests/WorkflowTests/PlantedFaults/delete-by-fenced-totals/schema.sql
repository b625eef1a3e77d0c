-- A clean-up of twelve devices waits for the totals of all 40000, because they are in a MATERIALIZED CTE.
CREATE SCHEMA iot;
CREATE TABLE iot.device (device_id integer PRIMARY KEY, retired boolean NOT NULL, site text NOT NULL);
INSERT INTO iot.device SELECT i, i % 3300 = 9, 'site ' || i % 60 FROM generate_series(1, 40000) AS i;
CREATE TABLE iot.reading (device_id integer NOT NULL, at timestamptz NOT NULL, value double precision NOT NULL);
INSERT INTO iot.reading
SELECT 1 + (hashint4(i) & 2147483647) % 40000, timestamptz '2024-01-01 00:00:00+00' + make_interval(secs => i), (i % 977) / 7.0
FROM generate_series(1, 600000) AS i;
CREATE INDEX reading_device ON iot.reading (device_id) INCLUDE (at);
VACUUM ANALYZE iot.device;
VACUUM ANALYZE iot.reading;

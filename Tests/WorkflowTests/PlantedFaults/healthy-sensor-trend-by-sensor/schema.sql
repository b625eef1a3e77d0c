-- Partitions with the index that one sensor's history needs.
CREATE SCHEMA telemetry;
CREATE TABLE telemetry.reading (
    recorded_at timestamp NOT NULL,
    sensor_id integer NOT NULL,
    value double precision NOT NULL,
    quality smallint NOT NULL,
    PRIMARY KEY (recorded_at, sensor_id)
) PARTITION BY RANGE (recorded_at);
CREATE TABLE telemetry.reading_2024_01 PARTITION OF telemetry.reading FOR VALUES FROM ('2024-01-01') TO ('2024-02-01');
CREATE TABLE telemetry.reading_2024_02 PARTITION OF telemetry.reading FOR VALUES FROM ('2024-02-01') TO ('2024-03-01');
CREATE TABLE telemetry.reading_2024_03 PARTITION OF telemetry.reading FOR VALUES FROM ('2024-03-01') TO ('2024-04-01');
CREATE TABLE telemetry.reading_2024_04 PARTITION OF telemetry.reading FOR VALUES FROM ('2024-04-01') TO ('2024-05-01');
INSERT INTO telemetry.reading
SELECT timestamp '2024-01-01' + make_interval(secs => i * 10), 10000 + (hashint4(i) & 2147483647) % 1500,
       ((hashint4(i + 1) & 2147483647) % 40000) / 1000.0, i % 4
FROM generate_series(0, 1039999) AS i;
CREATE INDEX reading_sensor ON telemetry.reading (sensor_id, recorded_at) INCLUDE (value);
VACUUM ANALYZE telemetry.reading;

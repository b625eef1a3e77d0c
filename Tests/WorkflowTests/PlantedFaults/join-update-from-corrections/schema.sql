-- A correction list updates a large table through a text key without an index.
CREATE SCHEMA metering;
CREATE TABLE metering.corrections (
    serial text PRIMARY KEY,
    new_reading integer NOT NULL
);
INSERT INTO metering.corrections
SELECT 'MTR-' || lpad((i * 4999)::text, 8, '0'), i * 10 FROM generate_series(1, 25) AS i;
CREATE TABLE metering.meters (
    meter_id integer NOT NULL,
    serial text NOT NULL,
    reading integer NOT NULL,
    corrected boolean NOT NULL
);
INSERT INTO metering.meters
SELECT i, 'MTR-' || lpad((i % 300000)::text, 8, '0'), i % 9999, false
FROM generate_series(1, 1400000) AS i;
ALTER TABLE metering.meters ADD PRIMARY KEY (meter_id);
VACUUM ANALYZE metering.corrections;
VACUUM ANALYZE metering.meters;

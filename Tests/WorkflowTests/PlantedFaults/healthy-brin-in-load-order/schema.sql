-- Rows in order of time without exception: BRIN reads little more than it must.
CREATE SCHEMA meter;
CREATE TABLE meter.pulse (
    device integer NOT NULL,
    counted_at timestamptz NOT NULL,
    pulses integer NOT NULL,
    firmware text NOT NULL
);
INSERT INTO meter.pulse
SELECT d, timestamptz '2024-03-01 00:00:00+00'
          + make_interval(mins => 15 * s + d % 15),
       (hashint4(d * 7000 + s) & 2147483647) % 900, 'v2.' || d % 8
FROM generate_series(0, 2879) AS s, generate_series(1, 300) AS d
ORDER BY s, d;
CREATE INDEX pulse_counted_at ON meter.pulse USING brin (counted_at) WITH (pages_per_range = 32);
VACUUM ANALYZE meter.pulse;

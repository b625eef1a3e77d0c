-- BRIN suits rows in order of time; the few buffered readings that arrive months late widen every range to nearly all times.
CREATE SCHEMA meter;
CREATE TABLE meter.pulse (
    device integer NOT NULL,
    counted_at timestamptz NOT NULL,
    pulses integer NOT NULL,
    firmware text NOT NULL
);
INSERT INTO meter.pulse
SELECT d, timestamptz '2024-03-01 00:00:00+00'
          + CASE WHEN (hashint4(d * 7000 + s) & 2147483647) % 300 = 0 THEN make_interval(mins => (hashint4(d * 7001 + s) & 2147483647) % 43200) ELSE make_interval(mins => 15 * s + d % 15) END,
       (hashint4(d * 7000 + s) & 2147483647) % 900, 'v2.' || d % 8
FROM generate_series(0, 2879) AS s, generate_series(1, 300) AS d
ORDER BY s, d;
CREATE INDEX pulse_counted_at ON meter.pulse USING brin (counted_at) WITH (pages_per_range = 32);
VACUUM ANALYZE meter.pulse;

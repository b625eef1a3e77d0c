-- BRIN suited the time as long as rows came in order; they were reloaded by device, so each range spans all times.
CREATE SCHEMA meter;
CREATE TABLE meter.pulse (
    device integer NOT NULL,
    counted_at timestamptz NOT NULL,
    pulses integer NOT NULL,
    firmware text NOT NULL
);
INSERT INTO meter.pulse
SELECT d, timestamptz '2024-03-01 00:00:00+00' + make_interval(mins => 15 * s + d % 15), (hashint4(d * 7000 + s) & 2147483647) % 900, 'v2.' || d % 8
FROM generate_series(1, 360) AS d, generate_series(0, 2879) AS s;
CREATE INDEX pulse_counted_at ON meter.pulse USING brin (counted_at);
VACUUM ANALYZE meter.pulse;

CREATE INDEX ON meter.pulse (counted_at);
CREATE INDEX ON meter.pulse (counted_at, device);
CREATE INDEX ON meter.pulse (device, counted_at);
CREATE INDEX ON meter.pulse (counted_at) INCLUDE (device, pulses); VACUUM meter.pulse;
CREATE INDEX ON meter.pulse USING brin (counted_at) WITH (pages_per_range = 8);
CREATE INDEX ON meter.pulse USING brin (counted_at timestamptz_minmax_multi_ops);
SET work_mem = '64MB';

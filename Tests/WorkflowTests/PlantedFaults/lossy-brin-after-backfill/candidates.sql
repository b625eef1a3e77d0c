CREATE INDEX ON meter.pulse (counted_at);
CREATE INDEX ON meter.pulse (counted_at, device);
CREATE INDEX ON meter.pulse (device, counted_at);
CREATE INDEX ON meter.pulse (counted_at) INCLUDE (device, pulses);
SET work_mem = '64MB';

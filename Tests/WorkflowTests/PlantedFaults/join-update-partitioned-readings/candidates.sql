CREATE INDEX ON grid.reading (meter);
CREATE INDEX ON grid.reading (meter, read_at);
CREATE INDEX ON grid.reading (read_at, meter);
CREATE INDEX ON grid.reading USING hash (meter);
CREATE INDEX ON grid.faulty_meter (reported);

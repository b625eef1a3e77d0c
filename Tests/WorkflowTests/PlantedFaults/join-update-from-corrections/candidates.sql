CREATE INDEX ON metering.meters (serial);
CREATE INDEX ON metering.meters (serial, reading);
CREATE INDEX ON metering.meters USING hash (serial);

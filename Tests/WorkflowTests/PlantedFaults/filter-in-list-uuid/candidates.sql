CREATE INDEX ON device_readings (device);
CREATE INDEX ON device_readings (device, reading);
CREATE INDEX ON device_readings (device) INCLUDE (reading);

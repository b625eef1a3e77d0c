CREATE INDEX ON iot.reading (device_id, at); VACUUM iot.reading;
CREATE INDEX ON iot.device (device_id) WHERE retired;
ANALYZE iot.reading; ANALYZE iot.device;
SET work_mem = '64MB';

CREATE INDEX ON telemetry.reading (sensor_id);
CREATE INDEX ON telemetry.reading (sensor_id, recorded_at);
CREATE INDEX ON telemetry.reading (sensor_id, recorded_at) INCLUDE (value);
CREATE INDEX ON telemetry.reading (sensor_id) INCLUDE (recorded_at, value);
CREATE INDEX ON telemetry.reading USING brin (sensor_id);

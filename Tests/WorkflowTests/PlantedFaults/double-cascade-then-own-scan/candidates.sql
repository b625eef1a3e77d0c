CREATE INDEX ON device_message (device_id);
CREATE INDEX ON device_message (device_id, sent_at);
CREATE INDEX ON device_message USING hash (device_id);

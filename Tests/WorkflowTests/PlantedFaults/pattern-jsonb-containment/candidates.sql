CREATE INDEX ON device.twin USING gin (reported); ANALYZE device.twin;
CREATE INDEX ON device.twin USING gin (reported jsonb_path_ops); ANALYZE device.twin;
CREATE INDEX ON device.twin (seen_at);
CREATE INDEX ON device.twin (((reported -> 'radio'))); ANALYZE device.twin;

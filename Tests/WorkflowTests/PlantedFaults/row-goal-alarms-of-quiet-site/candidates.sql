CREATE INDEX ON scada.alarm (device_id, raised_at);
CREATE INDEX ON scada.alarm (device_id, raised_at DESC);
CREATE INDEX ON scada.alarm (raised_at, device_id);
CREATE INDEX ON scada.device (site, device_id);
ALTER TABLE scada.alarm ALTER device_id SET STATISTICS 10000; ANALYZE scada.alarm;

CREATE INDEX ON sea.message (buoy, sent_at);
VACUUM sea.alarm;
CREATE INDEX ON sea.message (buoy, sent_at); VACUUM sea.alarm;
CREATE INDEX ON sea.alarm (level, zone);
ANALYZE sea.message;
SET work_mem = '64MB';

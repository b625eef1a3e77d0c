ALTER TABLE iot.event ALTER COLUMN device SET (n_distinct = -0.09); ANALYZE iot.event;
ALTER TABLE iot.event ALTER COLUMN device SET (n_distinct = 73000); ANALYZE iot.event;
ALTER TABLE iot.event ALTER COLUMN device SET STATISTICS 10000; ANALYZE iot.event;
ANALYZE iot.event;
CREATE INDEX ON iot.retired (retired_on);

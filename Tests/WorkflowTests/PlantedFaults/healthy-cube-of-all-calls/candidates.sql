CREATE INDEX ON helpdesk.contact (seconds);
CREATE INDEX ON helpdesk.contact (channel, team);
CREATE INDEX ON helpdesk.contact (team, channel) INCLUDE (on_day, seconds); VACUUM helpdesk.contact;
ANALYZE helpdesk.contact;
SET work_mem = '64MB';
VACUUM helpdesk.contact;

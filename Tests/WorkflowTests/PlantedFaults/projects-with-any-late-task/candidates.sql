CREATE INDEX ON agency.task (due);
CREATE INDEX ON agency.task (project_id, due);
ANALYZE agency.project; ANALYZE agency.task; ANALYZE agency.hours;
SET work_mem = '64MB';
SET work_mem = '256MB';

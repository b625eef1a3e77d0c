ALTER TABLE pm.timesheet ALTER COLUMN project_id RESET (n_distinct); ANALYZE pm.timesheet;
ALTER TABLE pm.timesheet ALTER COLUMN project_id SET (n_distinct = 450); ANALYZE pm.timesheet;
ANALYZE pm.timesheet;
CREATE INDEX ON pm.timesheet (project_id, worked_on);
CREATE INDEX ON pm.approval (worked_on, approver);
CREATE INDEX ON pm.approval (approver);
SET work_mem = '64MB';

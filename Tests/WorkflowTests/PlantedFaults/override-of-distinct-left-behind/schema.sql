-- Years ago somebody declared the project of a timesheet nearly unique by hand. ANALYZE obeys to this day.
CREATE SCHEMA pm;
CREATE TABLE pm.timesheet (sheet_id integer NOT NULL, project_id integer NOT NULL, worked_on date NOT NULL, hours numeric(4,2) NOT NULL) WITH (autovacuum_enabled = false);
INSERT INTO pm.timesheet
SELECT i, CASE WHEN i % 450 = 17 AND i % 1350 = 17 THEN 18 ELSE i % 450 END, date '2022-01-01' + i % 700, (i % 33) / 4.0
FROM generate_series(1, 400000) AS i;
ALTER TABLE pm.timesheet ADD PRIMARY KEY (sheet_id);
CREATE INDEX timesheet_project ON pm.timesheet (project_id);
ALTER TABLE pm.timesheet ALTER COLUMN project_id SET (n_distinct = -0.9);
CREATE TABLE pm.approval (worked_on date NOT NULL, approver integer NOT NULL, minutes integer NOT NULL);
INSERT INTO pm.approval SELECT date '2022-01-01' + (hashint4(i) & 2147483647) % 700, i % 350, 5 + i % 50 FROM generate_series(1, 200000) AS i;
CREATE INDEX approval_day ON pm.approval (worked_on);
VACUUM ANALYZE pm.timesheet;
VACUUM ANALYZE pm.approval;

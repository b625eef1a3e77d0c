SET work_mem = '64MB';
SET work_mem = '256MB';
CREATE INDEX ON hr.personnel_file (department, salary DESC);

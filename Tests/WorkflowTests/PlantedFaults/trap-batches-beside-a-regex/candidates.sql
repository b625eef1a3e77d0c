SET work_mem = '16MB';
SET work_mem = '64MB';
SET work_mem = '256MB';
CREATE INDEX ON loan_slip (manuscript_id);
ANALYZE manuscript; ANALYZE loan_slip;

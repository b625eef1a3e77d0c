SET work_mem = '64MB';
SET work_mem = '256MB';
CREATE STATISTICS retail.branch_texts (ndistinct) ON name, address, manager, hours FROM retail.branch; ANALYZE retail.branch;
CREATE INDEX ON retail.till_line (branch_no) INCLUDE (cents); VACUUM retail.till_line;

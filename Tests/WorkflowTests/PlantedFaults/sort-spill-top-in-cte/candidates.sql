SET work_mem = '32MB';
SET work_mem = '64MB';
SET work_mem = '128MB';
SET work_mem = '256MB';

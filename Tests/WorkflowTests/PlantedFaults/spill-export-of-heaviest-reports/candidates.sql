SET work_mem = '8MB';
SET work_mem = '16MB';
SET work_mem = '32MB';
SET work_mem = '64MB';
SET work_mem = '256MB';

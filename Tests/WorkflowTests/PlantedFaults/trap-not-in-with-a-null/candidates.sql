SET work_mem = '8MB';
SET work_mem = '16MB';
SET work_mem = '64MB';
CREATE INDEX ON blocked_address (address);
CREATE INDEX ON blocked_address (since);
ANALYZE blocked_address;

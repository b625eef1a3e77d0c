SET work_mem = '1MB';
SET work_mem = '4MB';
SET work_mem = '16MB';
CREATE INDEX ON phone.assignment (number);
CREATE INDEX ON phone.assignment (number) WHERE NOT ended;
CREATE INDEX ON phone.block (exchange);
ANALYZE phone.assignment;

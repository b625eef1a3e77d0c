VACUUM vote;
VACUUM ANALYZE vote;
ANALYZE vote;
CREATE INDEX ON vote (poll) INCLUDE (choice);
SET work_mem = '64MB';

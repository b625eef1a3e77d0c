SET work_mem = '4MB';
SET work_mem = '32MB';
SET work_mem = '128MB';
SET work_mem = '512MB';
CREATE INDEX ON follow (follower, followed); VACUUM follow;
CREATE INDEX ON follow (followed, follower); VACUUM follow;

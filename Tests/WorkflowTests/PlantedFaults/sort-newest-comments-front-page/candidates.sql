CREATE INDEX ON blog.comment (written_at);
CREATE INDEX ON blog.comment (written_at DESC);
CREATE INDEX ON blog.comment (written_at DESC, comment_id);
CREATE INDEX ON blog.comment (written_at, comment_id);
SET work_mem = '64MB';

CREATE INDEX ON newsletter_reader (active);
CREATE INDEX ON newsletter_reader (reader_id) WHERE active;
ANALYZE newsletter_reader;
SET work_mem = '64MB';

CREATE INDEX ON library.loan (title_id);
CREATE INDEX ON library.title (genre);
SET work_mem = '64MB';
ANALYZE library.loan;

SET enable_seqscan = off;
ANALYZE import_row;
CREATE INDEX ON import_row (state, row_no);
CREATE INDEX ON import_row (file_no) WHERE state = 'bad';

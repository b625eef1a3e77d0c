-- One row in seventeen failed, all of them in the last files: a scan that hopes to stop early does not.
CREATE TABLE import_row (
    file_no integer NOT NULL,
    row_no integer NOT NULL,
    state text NOT NULL
);
INSERT INTO import_row
SELECT i / 20000, i % 20000, CASE WHEN i > 640000 THEN 'bad' ELSE 'ok' END
FROM generate_series(0, 679999) AS i;
CREATE INDEX import_row_state ON import_row (state);
VACUUM ANALYZE import_row;

SET work_mem = '256kB';
SET work_mem = '4MB';
SET work_mem = '16MB';
CREATE INDEX ON cms.document USING gin ((meta -> 'tags'));
ANALYZE cms.document;

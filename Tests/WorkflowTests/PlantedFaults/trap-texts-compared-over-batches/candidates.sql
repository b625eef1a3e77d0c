SET work_mem = '16MB';
SET work_mem = '64MB';
SET work_mem = '256MB';
CREATE INDEX ON corpus.sentence (document);
ANALYZE corpus.sentence; ANALYZE corpus.translation;
VACUUM corpus.sentence;

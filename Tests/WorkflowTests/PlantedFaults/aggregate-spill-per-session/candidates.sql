SET work_mem = '16MB';
SET work_mem = '64MB';
SET work_mem = '256MB';
CREATE INDEX ON web.hit (session);
CREATE INDEX ON web.hit (session, at);

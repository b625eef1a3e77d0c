SET work_mem = '4MB';
SET work_mem = '16MB';
SET work_mem = '64MB';
SET work_mem = '256MB';
CREATE INDEX ON web.hit (session); VACUUM web.hit;
CREATE INDEX ON web.hit (session, at); VACUUM web.hit;
CREATE INDEX ON web.hit (session) INCLUDE (at); VACUUM web.hit;
CREATE INDEX ON web.hit (at, session); VACUUM web.hit;

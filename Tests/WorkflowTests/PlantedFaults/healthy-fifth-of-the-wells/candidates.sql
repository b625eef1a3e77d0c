CREATE INDEX ON hydro.level (basin, well);
CREATE INDEX ON hydro.level (basin) INCLUDE (well, metres, celsius, at); VACUUM hydro.level;
CREATE INDEX ON hydro.level ((well % 25));
ANALYZE hydro.level;
VACUUM hydro.level;
SET work_mem = '64MB';

CREATE STATISTICS census.person_s (dependencies, mcv) ON profession, degree, sector FROM census.person; ANALYZE census.person;
CREATE INDEX ON census.person (profession, degree, sector);
ANALYZE census.person;

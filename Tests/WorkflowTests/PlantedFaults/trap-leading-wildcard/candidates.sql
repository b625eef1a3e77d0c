CREATE EXTENSION pg_trgm; CREATE INDEX ON books USING gin (title gin_trgm_ops);

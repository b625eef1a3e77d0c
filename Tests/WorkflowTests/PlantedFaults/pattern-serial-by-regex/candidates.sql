CREATE EXTENSION pg_trgm; CREATE INDEX ON engine USING gin (serial gin_trgm_ops);
CREATE EXTENSION pg_trgm; CREATE INDEX ON engine USING gist (serial gist_trgm_ops);
CREATE INDEX ON engine (serial text_pattern_ops);
CREATE INDEX ON engine (built);

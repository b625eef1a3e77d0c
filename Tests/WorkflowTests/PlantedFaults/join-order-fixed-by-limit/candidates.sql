SET join_collapse_limit = 10;
SET join_collapse_limit = 11;
SET join_collapse_limit = 12;
ANALYZE;
CREATE INDEX ON dwh.dim_9 (label);

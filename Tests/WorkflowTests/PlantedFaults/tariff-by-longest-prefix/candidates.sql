CREATE INDEX ON telco.call (dialled text_pattern_ops);
CREATE INDEX ON telco.call (dialled);
CREATE INDEX ON telco.tariff (prefix text_pattern_ops);
CREATE EXTENSION pg_trgm; CREATE INDEX ON telco.call USING gin (dialled gin_trgm_ops);
ANALYZE;
SET work_mem = '64MB';

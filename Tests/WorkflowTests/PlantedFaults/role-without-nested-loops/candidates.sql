SET enable_nestloop = on;
CREATE INDEX ON lab.result (sample_id);
CREATE INDEX ON lab.result (analyte);
CREATE INDEX ON lab.sample (patient, sample_id);
ANALYZE lab.sample; ANALYZE lab.result;
SET work_mem = '64MB';

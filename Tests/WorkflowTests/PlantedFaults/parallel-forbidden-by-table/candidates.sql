ALTER TABLE path.slide RESET (parallel_workers);
ALTER TABLE path.slide SET (parallel_workers = 2);
CREATE INDEX ON path.slide (taken);

ALTER TABLE contract_text RESET (parallel_workers);
ALTER TABLE contract_text SET (parallel_workers = 2);
ALTER TABLE contract_text SET (parallel_workers = 4);
CREATE INDEX ON contract_text (signed);

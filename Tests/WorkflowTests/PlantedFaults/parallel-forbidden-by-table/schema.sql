-- parallel_workers = 0 was left behind after a migration.
CREATE TABLE contract_text (
    contract_id integer PRIMARY KEY,
    signed date NOT NULL,
    body text NOT NULL
) WITH (parallel_workers = 0);
ALTER TABLE contract_text ALTER body SET STORAGE PLAIN;
INSERT INTO contract_text
SELECT i, date '2010-01-01' + i % 5000, repeat('the party of the first part, number ' || i || ', ', 20) FROM generate_series(1, 130000) AS i;
VACUUM ANALYZE contract_text;

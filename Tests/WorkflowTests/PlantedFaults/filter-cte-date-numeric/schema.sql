-- A ledger in its own schema, filtered by date and numeric inside a CTE.
CREATE SCHEMA accounting;
CREATE TABLE accounting.ledger_entries (
    entry_id integer NOT NULL,
    account_id integer NOT NULL,
    booked_on date NOT NULL,
    amount numeric(12,2) NOT NULL,
    cleared boolean NOT NULL
);
INSERT INTO accounting.ledger_entries
SELECT i,
       (hashint4(i) & 2147483647) % 5000,
       date '2021-01-01' + (hashint4(i + 1) & 2147483647) % 1095,
       ((hashint4(i + 2) & 2147483647) % 1000000) / 100.0,
       i % 10 <> 0
FROM generate_series(1, 1400000) AS i;
ALTER TABLE accounting.ledger_entries ADD PRIMARY KEY (entry_id);
VACUUM ANALYZE accounting.ledger_entries;

-- A security-barrier view evaluates its own condition before any operator that might leak; the index on the amount, whose numeric operators are not leakproof, may not be entered.
CREATE SCHEMA hr;
CREATE TABLE hr.expense (expense_id bigint PRIMARY KEY, unit smallint NOT NULL, amount numeric(10,2) NOT NULL, claimed_on date NOT NULL);
INSERT INTO hr.expense SELECT i, (hashint4(i) & 2147483647) % 12, ((hashint4(i + 1) & 2147483647) % 20000000) / 100.0, date '2023-01-01' + i % 500 FROM generate_series(1, 500000) AS i;
CREATE INDEX expense_amount ON hr.expense (amount);
CREATE VIEW hr.visible_expense WITH (security_barrier) AS
SELECT e.expense_id, e.unit, e.amount, e.claimed_on FROM hr.expense e WHERE e.unit % 12 <> 11 AND has_schema_privilege(current_user, 'hr', 'USAGE');
VACUUM ANALYZE hr.expense;

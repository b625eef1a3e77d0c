-- Two details of one header joined side by side: for each stage, every sale meets every expense.
CREATE SCHEMA festival;
CREATE TABLE festival.stage (stage_id integer PRIMARY KEY, name text NOT NULL);
INSERT INTO festival.stage SELECT i, 'stage ' || i FROM generate_series(1, 12) AS i;
CREATE TABLE festival.ticket_sale (sale_id integer PRIMARY KEY, stage_id integer NOT NULL, cents integer NOT NULL);
INSERT INTO festival.ticket_sale SELECT i, 1 + i % 12, 2000 + i % 50 FROM generate_series(1, 4800) AS i;
CREATE TABLE festival.expense (expense_id integer PRIMARY KEY, stage_id integer NOT NULL, cents integer NOT NULL);
INSERT INTO festival.expense SELECT i, 1 + i % 12, 100 + i % 900 FROM generate_series(1, 1800) AS i;
CREATE INDEX ticket_sale_stage ON festival.ticket_sale (stage_id);
CREATE INDEX expense_stage ON festival.expense (stage_id);
VACUUM ANALYZE festival.stage;
VACUUM ANALYZE festival.ticket_sale;
VACUUM ANALYZE festival.expense;

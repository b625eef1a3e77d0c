-- Larger: DISTINCT ON without an index in its order. Smaller: ILIKE in the middle of remarks.
CREATE EXTENSION pg_trgm;
CREATE SCHEMA loan;
CREATE TABLE loan.remark (remark_id integer NOT NULL, loan_id integer NOT NULL, remark text NOT NULL);
INSERT INTO loan.remark
SELECT i, (hashint4(i) & 2147483647) % 9000, CASE WHEN i % 9001 = 0 THEN 'asked for a moratorium by letter' ELSE 'called, will pay at the end of the month, no ' || i END FROM generate_series(1, 45000) AS i;
ALTER TABLE loan.remark ADD PRIMARY KEY (remark_id);
CREATE TABLE loan.rate_change (change_id integer NOT NULL, loan_id integer NOT NULL, changed_on date NOT NULL, rate numeric(6,3) NOT NULL);
INSERT INTO loan.rate_change
SELECT i, (hashint4(i) & 2147483647) % 6000, date '2005-01-01' + (hashint4(i + 1) & 2147483647) % 6500, (i % 900) / 100.0 FROM generate_series(1, 450000) AS i;
ALTER TABLE loan.rate_change ADD PRIMARY KEY (change_id);
VACUUM ANALYZE loan.remark;
VACUUM ANALYZE loan.rate_change;

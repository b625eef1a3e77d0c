-- Grouping by four long texts of the joined branch; the branch's key determines them all.
CREATE SCHEMA retail;
CREATE TABLE retail.branch (branch_no integer PRIMARY KEY, name text NOT NULL, address text NOT NULL, manager text NOT NULL, hours text NOT NULL);
INSERT INTO retail.branch
SELECT i, 'branch ' || i || repeat('.', 40), 'address ' || i || repeat('.', 60), 'manager ' || i || repeat('.', 40), 'Mon-Sat ' || repeat('.', 60) || i FROM generate_series(1, 1500) AS i;
CREATE TABLE retail.till_line (line_no bigint NOT NULL, branch_no integer NOT NULL, cents integer NOT NULL);
INSERT INTO retail.till_line SELECT i, 1 + (hashint4(i) & 2147483647) % 1500, (hashint4(i + 1) & 2147483647) % 9000 FROM generate_series(1, 400000) AS i;
VACUUM ANALYZE retail.branch;
VACUUM ANALYZE retail.till_line;

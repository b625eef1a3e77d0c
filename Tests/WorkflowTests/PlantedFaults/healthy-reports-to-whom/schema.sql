-- A recursion of seven rounds, each a nested loop over the manager's index: few rows, all wanted.
CREATE SCHEMA staff;
CREATE TABLE staff.employee (employee_id integer PRIMARY KEY, manager_id integer REFERENCES staff.employee, name text NOT NULL, salary numeric(9,2) NOT NULL);
INSERT INTO staff.employee SELECT i, CASE WHEN i > 1 THEN (i + 4) / 6 END, 'employee ' || i, 2000 + (hashint4(i) & 2147483647) % 5000 FROM generate_series(1, 60000) AS i;
CREATE INDEX employee_manager ON staff.employee (manager_id);
VACUUM ANALYZE staff.employee;

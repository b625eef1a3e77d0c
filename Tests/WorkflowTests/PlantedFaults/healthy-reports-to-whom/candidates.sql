CREATE INDEX ON staff.employee (manager_id, employee_id);
CREATE INDEX ON staff.employee (manager_id) INCLUDE (employee_id, salary); VACUUM staff.employee;
ANALYZE staff.employee;
VACUUM staff.employee;
SET work_mem = '64MB';

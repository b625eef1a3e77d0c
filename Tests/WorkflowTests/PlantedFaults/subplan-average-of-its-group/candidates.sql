CREATE INDEX ON payroll.payslip (grade, gross);
CREATE INDEX ON payroll.payslip (month, gross);
CREATE INDEX ON payroll.payslip (grade, month, gross);
SET work_mem = '64MB';

-- The sub-plan runs six times.
CREATE SCHEMA payroll;
CREATE TABLE payroll.payslip (
    payslip_id integer PRIMARY KEY,
    grade smallint NOT NULL,
    month date NOT NULL,
    gross numeric(9,2) NOT NULL,
    remark text NOT NULL
);
INSERT INTO payroll.payslip
SELECT i, i % 30, date '2023-01-01' + (i / 5000) * 30, 2000 + ((hashint4(i) & 2147483647) % 500000) / 100.0, 'slip ' || i
FROM generate_series(0, 59999) AS i;
CREATE INDEX payslip_grade ON payroll.payslip (grade) INCLUDE (gross);
CREATE INDEX payslip_month ON payroll.payslip (month);
VACUUM ANALYZE payroll.payslip;

SELECT p.payslip_id, p.grade, p.gross
FROM payroll.payslip p
WHERE p.month = '2023-08-29'
  AND p.payslip_id % 4 = 0
  AND p.gross > 1.9 * (SELECT avg(q.gross) FROM payroll.payslip q WHERE q.grade = p.grade) - 2200
ORDER BY p.gross DESC, p.payslip_id
LIMIT 50;

SELECT p.payslip_id, p.grade, p.gross
FROM payroll.payslip p
WHERE p.payslip_id IN (36001, 36002, 36003, 36004, 36005, 36006)
  AND p.gross > 0.5 * (SELECT avg(q.gross) FROM payroll.payslip q WHERE q.grade = p.grade)
ORDER BY p.gross DESC, p.payslip_id;

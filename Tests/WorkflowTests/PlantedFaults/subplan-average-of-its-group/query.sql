SELECT p.grade, count(*) AS slips, max(p.gross) AS highest
FROM payroll.payslip p
WHERE p.month = '2023-08-29'
  AND p.payslip_id % 4 = 0
  AND p.gross > 1.9 * (SELECT avg(q.gross) FROM payroll.payslip q WHERE q.grade = p.grade) - 2200
GROUP BY p.grade
ORDER BY p.grade;

SELECT p.grade, count(*) AS slips, max(p.gross) AS highest
FROM payroll.payslip p
JOIN (SELECT q.grade, avg(q.gross) AS mean FROM payroll.payslip q GROUP BY q.grade) AS g ON g.grade = p.grade
WHERE p.month = '2023-08-29'
  AND p.payslip_id % 4 = 0
  AND p.gross > 1.9 * g.mean - 2200
GROUP BY p.grade
ORDER BY p.grade;

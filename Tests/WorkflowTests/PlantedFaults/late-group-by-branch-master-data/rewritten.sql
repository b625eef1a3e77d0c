SELECT b.name, b.address, b.manager, b.hours, t.lines, t.cents
FROM (SELECT x.branch_no, count(*) AS lines, sum(x.cents) AS cents FROM retail.till_line x GROUP BY x.branch_no) AS t
JOIN retail.branch b ON b.branch_no = t.branch_no
ORDER BY t.cents DESC, b.name
LIMIT 100;

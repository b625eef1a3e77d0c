SELECT b.name, b.address, b.manager, b.hours, count(*) AS lines, sum(t.cents) AS cents
FROM retail.till_line t
JOIN retail.branch b ON b.branch_no = t.branch_no
GROUP BY b.name, b.address, b.manager, b.hours
ORDER BY cents DESC, b.name
LIMIT 100;

SELECT l.loan_id, l.rate, l.changed_on
FROM (SELECT DISTINCT ON (c.loan_id) c.loan_id, c.rate, c.changed_on FROM loan.rate_change c ORDER BY c.loan_id, c.changed_on DESC, c.change_id DESC) AS l
WHERE EXISTS (SELECT 1 FROM loan.remark r WHERE r.loan_id = l.loan_id AND r.remark ILIKE '%Moratorium%')
ORDER BY l.loan_id;

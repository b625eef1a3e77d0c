SELECT v.expense_id, v.amount, v.claimed_on
FROM hr.visible_expense v
WHERE v.amount = 69378.80
ORDER BY v.expense_id;

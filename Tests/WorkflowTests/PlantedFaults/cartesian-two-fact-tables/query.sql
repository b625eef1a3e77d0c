SELECT s.name, count(DISTINCT t.sale_id) AS sales, count(DISTINCT e.expense_id) AS expenses, max(t.cents) AS dearest
FROM festival.stage s
JOIN festival.ticket_sale t ON t.stage_id = s.stage_id
JOIN festival.expense e ON e.stage_id = s.stage_id
GROUP BY s.name
ORDER BY s.name;

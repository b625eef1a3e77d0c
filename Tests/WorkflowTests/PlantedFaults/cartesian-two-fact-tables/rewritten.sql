SELECT s.name, t.sales, e.expenses, t.dearest
FROM festival.stage s
JOIN (SELECT x.stage_id, count(*) AS sales, max(x.cents) AS dearest FROM festival.ticket_sale x GROUP BY x.stage_id) AS t ON t.stage_id = s.stage_id
JOIN (SELECT x.stage_id, count(*) AS expenses FROM festival.expense x GROUP BY x.stage_id) AS e ON e.stage_id = s.stage_id
ORDER BY s.name;

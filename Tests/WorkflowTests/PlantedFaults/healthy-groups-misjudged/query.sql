SELECT lower(t."Priority") AS priority, extract(year FROM t."OpenedOn") AS year, count(*) AS tickets, sum(t."Minutes") AS minutes
FROM "Ticket" t
GROUP BY 1, 2
ORDER BY 1, 2;

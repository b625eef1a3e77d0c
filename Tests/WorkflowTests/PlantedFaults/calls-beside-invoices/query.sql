SELECT c.customer_id, c.name, count(DISTINCT k.call_id) AS calls, count(DISTINCT i.invoice_id) AS invoices
FROM isp.customer c
LEFT JOIN isp.call k ON k.customer_id = c.customer_id
LEFT JOIN isp.invoice i ON i.customer_id = c.customer_id
WHERE c.area = 5
GROUP BY c.customer_id, c.name
ORDER BY calls DESC, c.customer_id;

SELECT c.customer_id, c.name,
       (SELECT count(*) FROM isp.call k WHERE k.customer_id = c.customer_id) AS calls,
       (SELECT count(*) FROM isp.invoice i WHERE i.customer_id = c.customer_id) AS invoices
FROM isp.customer c
WHERE c.area = 5
ORDER BY calls DESC, c.customer_id;

SELECT l.article, sum(l.net) AS net
FROM erp.invoice i
JOIN erp.invoice_line l ON l.invoice_no = i.invoice_no
WHERE i.invoiced_on BETWEEN '2024-02-05' AND '2024-02-11'
GROUP BY l.article
ORDER BY net DESC, l.article
LIMIT 20;

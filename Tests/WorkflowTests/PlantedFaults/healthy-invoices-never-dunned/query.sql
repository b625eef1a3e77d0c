SELECT i.due, count(*) AS invoices, sum(i.cents) AS cents
FROM ar.invoice i
WHERE NOT EXISTS (SELECT 1 FROM ar.dunning d WHERE d.invoice_no = i.invoice_no)
GROUP BY i.due
ORDER BY i.due;

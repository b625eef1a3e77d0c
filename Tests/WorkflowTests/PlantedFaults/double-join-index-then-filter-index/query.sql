SELECT i.invoice_id, i.issued_on,
       (SELECT sum(l.net) FROM invoice_lines l WHERE l.invoice_id = i.invoice_id) AS net
FROM invoices i
WHERE i.address LIKE '%second yard%' AND i.debtor = 'debtor-815';

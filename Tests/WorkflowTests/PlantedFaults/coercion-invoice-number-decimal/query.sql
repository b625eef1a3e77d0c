SELECT s.id, s.supplier, s.total
FROM supplier_invoice s
WHERE s.invoice_no = 201108679844.0;

CREATE INDEX ON supplier_invoice ((invoice_no::numeric)); ANALYZE supplier_invoice;
CREATE INDEX ON supplier_invoice (invoice_no, total);
ANALYZE supplier_invoice;

CREATE INDEX ON erp.invoice (invoiced_on, invoice_no);
SET enable_partitionwise_join = on;
ANALYZE erp.invoice_line;

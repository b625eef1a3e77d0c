CREATE INDEX ON invoice_lines (invoice_id);
CREATE INDEX ON invoice_lines (invoice_id, net);

CREATE INDEX ON ar.dunning (invoice_no);
CREATE INDEX ON ar.invoice (due);
CREATE INDEX ON ar.invoice (invoice_no) INCLUDE (due, cents); VACUUM ar.invoice;
ANALYZE ar.invoice; ANALYZE ar.dunning;
VACUUM ar.invoice;
SET work_mem = '64MB';

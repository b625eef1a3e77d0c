CREATE INDEX ON isp.customer (area);
CREATE INDEX ON isp.call (customer_id, call_id); VACUUM isp.call;
CREATE INDEX ON isp.invoice (customer_id, invoice_id); VACUUM isp.invoice;
ANALYZE isp.customer; ANALYZE isp.call; ANALYZE isp.invoice;
SET work_mem = '64MB';

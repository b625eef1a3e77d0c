CREATE INDEX ON trade.purchase (customer_id);
CREATE INDEX ON trade.purchase (placed, customer_id);
SET work_mem = '128MB';

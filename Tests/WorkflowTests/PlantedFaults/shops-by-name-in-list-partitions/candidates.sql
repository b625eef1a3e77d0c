CREATE INDEX ON till.sale (shop_id);
CREATE INDEX ON till.sale (shop_id, sold_at);
ANALYZE till.sale;
SET enable_partitionwise_join = on;
SET work_mem = '64MB';

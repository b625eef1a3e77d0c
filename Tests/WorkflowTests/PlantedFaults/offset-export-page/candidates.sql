CREATE INDEX ON catalogue.product (product_id) INCLUDE (ean, name);
SET work_mem = '64MB';

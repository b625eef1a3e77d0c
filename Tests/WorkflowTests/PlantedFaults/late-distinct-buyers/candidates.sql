CREATE INDEX ON shop.order_item (buyer_id, pieces); VACUUM shop.order_item;
CREATE INDEX ON shop.order_item (pieces);
SET work_mem = '64MB';
SET work_mem = '256MB';

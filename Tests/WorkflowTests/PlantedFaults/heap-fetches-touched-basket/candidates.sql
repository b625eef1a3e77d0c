VACUUM basket_item;
VACUUM ANALYZE basket_item;
ANALYZE basket_item;
CREATE INDEX ON basket_item (shopper) INCLUDE (cents);

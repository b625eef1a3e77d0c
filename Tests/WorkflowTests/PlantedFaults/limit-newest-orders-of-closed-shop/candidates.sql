CREATE INDEX ON web_order (shop_id, ordered_at);
CREATE INDEX ON web_order (shop_id, ordered_at DESC);
CREATE INDEX ON web_order (ordered_at, shop_id);
CREATE INDEX ON web_order (ordered_at DESC, shop_id);
CREATE STATISTICS web_order_s (dependencies, ndistinct) ON shop_id, ordered_at FROM web_order; ANALYZE web_order;
ANALYZE web_order;

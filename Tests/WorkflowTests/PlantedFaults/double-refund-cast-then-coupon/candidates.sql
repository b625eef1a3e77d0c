CREATE INDEX ON eshop.refund ((order_ref::bigint)); ANALYZE eshop.refund;
CREATE INDEX ON eshop.orders (coupon);
CREATE INDEX ON eshop.refund ((order_ref::bigint)); ANALYZE eshop.refund; CREATE INDEX ON eshop.orders (coupon);
CREATE INDEX ON eshop.refund (order_ref, cents);
ANALYZE eshop.refund;
SET work_mem = '64MB';

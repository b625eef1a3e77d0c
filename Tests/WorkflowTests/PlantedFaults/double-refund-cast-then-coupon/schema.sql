-- Larger: refunds are compared by a cast of their text reference, once per order. Smaller: the coupon's orders are found by a scan.
CREATE SCHEMA eshop;
CREATE TABLE eshop.orders (order_id bigint PRIMARY KEY, coupon text, placed_at timestamptz NOT NULL, total numeric(10,2) NOT NULL);
INSERT INTO eshop.orders
SELECT i, CASE WHEN i % 3 = 0 THEN 'C' || i % 30001 END, timestamptz '2024-01-01 00:00:00+00' + make_interval(secs => i * 30), (i % 20000) / 100.0
FROM generate_series(1, 700000) AS i;
CREATE TABLE eshop.refund (refund_id integer PRIMARY KEY, order_ref text NOT NULL, cents integer NOT NULL);
INSERT INTO eshop.refund SELECT i, (1 + (hashint4(i) & 2147483647) % 700000)::text, i % 9000 FROM generate_series(1, 200000) AS i;
CREATE INDEX refund_order_ref ON eshop.refund (order_ref);
VACUUM ANALYZE eshop.orders;
VACUUM ANALYZE eshop.refund;

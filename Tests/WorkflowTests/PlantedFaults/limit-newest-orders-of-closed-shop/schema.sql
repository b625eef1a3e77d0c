-- Shops close: the orders of shop 3 are all old, while the planner spreads them evenly over the years.
CREATE TABLE web_order (
    order_id integer NOT NULL,
    shop_id integer NOT NULL,
    ordered_at timestamptz NOT NULL,
    total numeric(10,2) NOT NULL,
    address text NOT NULL
);
INSERT INTO web_order
SELECT i, CASE WHEN i <= 100000 THEN i % 40 ELSE 40 + (hashint4(i) & 2147483647) % 60 END,
       timestamptz '2019-01-01 00:00:00+00' + make_interval(mins => i * 3), ((hashint4(i + 1) & 2147483647) % 40000) / 100.0,
       'street ' || i || ', ' || md5(i::text)
FROM generate_series(1, 800000) AS i;
ALTER TABLE web_order ADD PRIMARY KEY (order_id);
CREATE INDEX web_order_shop ON web_order (shop_id);
CREATE INDEX web_order_at ON web_order (ordered_at);
VACUUM ANALYZE web_order;

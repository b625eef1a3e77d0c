CREATE TABLE customers (id int, name text NOT NULL, region text NOT NULL);
CREATE TABLE orders (
  id int, customer_id int NOT NULL, status text NOT NULL, placed_at timestamptz NOT NULL, note text NOT NULL);
CREATE TABLE order_items (
  id int, order_id int NOT NULL, product_id int NOT NULL, quantity int NOT NULL,
  price numeric(10, 2) NOT NULL);
INSERT INTO customers
  SELECT i, 'customer ' || i, (ARRAY['north', 'south', 'east', 'west'])[1 + i % 4]
  FROM generate_series(1, 20000) i;
INSERT INTO orders
  SELECT i, 1 + (i * 7919::bigint) % 20000,
    CASE WHEN i % 400 = 0 THEN 'returned' WHEN i % 10 = 0 THEN 'open' ELSE 'shipped' END,
    timestamptz '2024-01-01' + i * interval '3 minutes', repeat('packed with care ', 6)
  FROM generate_series(1, 500000) i;
INSERT INTO order_items
  SELECT i, 1 + (i * 7919::bigint) % 500000, 1 + i % 3000, 1 + i % 5, (i % 50000) / 100.0
  FROM generate_series(1, 750000) i;
ALTER TABLE customers ADD PRIMARY KEY (id);
ALTER TABLE orders ADD PRIMARY KEY (id), ADD FOREIGN KEY (customer_id) REFERENCES customers;
ALTER TABLE order_items ADD PRIMARY KEY (id), ADD FOREIGN KEY (order_id) REFERENCES orders;
VACUUM (ANALYZE) customers, orders, order_items;

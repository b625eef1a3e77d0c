/// The demo's schema and query: a returns desk that lists the newest returned orders with their value.
///
/// Two faults are planted. The foreign key `order_items.order_id` has no index, as PostgreSQL makes none
/// for a foreign key, so the sub-select reads all items once for each order shown. And nothing but a
/// full scan leads to the returned orders, newest first.
enum DemoCase {
  static let description = "a shop with 500,000 orders and 750,000 order items"

  static let query = """
    SELECT r.id, r.placed_at, c.name,
           (SELECT sum(i.quantity * i.price) FROM order_items i WHERE i.order_id = r.id) AS value
    FROM (SELECT id, customer_id, placed_at FROM orders
          WHERE status = 'returned' ORDER BY placed_at DESC LIMIT 10) r
    JOIN customers c ON c.id = r.customer_id
    ORDER BY r.placed_at DESC
    """

  /// One plan on every machine, whatever its cores and packages; and the report has its Query Identifier.
  static let settings = ["jit": "off", "max_parallel_workers_per_gather": "0", "compute_query_id": "on"]

  /// Deterministic: every run loads the same rows. Keys come after the rows, which loads in a third of the time.
  static let schema = """
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
    """
}

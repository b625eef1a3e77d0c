/// The demo's schema and query: a shop whose orders are searched without an index.
enum DemoCase {
  static let description = "a shop with 800,000 orders, and a query without its index"

  static let query = """
    SELECT c.name, o.placed_at, o.total FROM orders o JOIN customers c ON c.id = o.customer_id \
    WHERE o.status = 'returned' AND o.placed_at >= date '2026-01-01' ORDER BY o.placed_at DESC
    """

  /// Deterministic: every run loads the same rows.
  static let schema = """
    CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL, region text NOT NULL);
    INSERT INTO customers
      SELECT i, 'customer ' || i, (ARRAY['north', 'south', 'east', 'west'])[1 + i % 4]
      FROM generate_series(1, 20000) i;
    CREATE TABLE orders (
      id bigint PRIMARY KEY, customer_id int NOT NULL REFERENCES customers, status text NOT NULL,
      placed_at timestamptz NOT NULL, total numeric(10, 2) NOT NULL, note text NOT NULL);
    INSERT INTO orders
      SELECT i, 1 + (i * 7919::bigint) % 20000,
        CASE WHEN i % 400 = 0 THEN 'returned' WHEN i % 10 = 0 THEN 'open' ELSE 'shipped' END,
        timestamptz '2024-01-01' + i * interval '90 seconds', (i % 50000) / 100.0,
        repeat('packed with care ', 12)
      FROM generate_series(1, 800000) i;
    VACUUM ANALYZE customers, orders;
    """
}

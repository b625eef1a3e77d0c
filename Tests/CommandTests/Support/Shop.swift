import ThrowawayServer

/// The database that the commands' tests share: they only read it.
enum Shop {
  private static let made = Task {
    try await SharedServer.shared.makeDatabase(script: script)
  }

  static func database() async throws -> ThrowawayDatabase { try await made.value }

  /// A shop of its own, for a test that looks at who is in it.
  static func copy() async throws -> ThrowawayDatabase {
    try await SharedServer.shared.makeDatabase(script: tables + "ANALYZE;")
  }

  /// `-h … -p … -U … -d …` for a role.
  static func options(role: String = "postgres", database: String? = nil) async throws -> [String] {
    let shop = try await Self.database()
    return [
      "-h", shop.server.socketDirectory, "-p", "\(shop.server.port)", "-U", role, "-d", database ?? shop.name,
    ]
  }

  private static let tables = """
    CREATE TABLE customers (id int PRIMARY KEY, region text NOT NULL);
    INSERT INTO customers SELECT i, 'region ' || i % 7 FROM generate_series(1, 2000) i;
    CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL, status text NOT NULL);
    INSERT INTO orders
      SELECT i, 1 + i % 2000, CASE WHEN i % 200 = 0 THEN 'open' ELSE 'done' END
      FROM generate_series(1, 20000) i;

    """

  private static let script =
    tables + """
      CREATE VIEW order_list AS SELECT id, customer_id FROM orders WHERE status = 'open';
      ANALYZE;
      CREATE ROLE shop_stranger LOGIN;
      CREATE ROLE shop_clerk LOGIN;
      GRANT SELECT ON customers, order_list TO shop_clerk;
      """

  /// A join that reads both tables, with one selective filter.
  static let join = """
    SELECT count(*) FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.status = 'open'
    """
}

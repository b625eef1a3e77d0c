import Catalog
import PlanModel
import Postgres
import Testing
import ThrowawayServer

@testable import Workflow

/// The SELECT that stands for an UPDATE or DELETE has its plan and finds its rows.
@Suite(.serialized) struct RewriteFidelityTests {
  private static let made = Task { try await SharedServer.shared.makeDatabase(script: script) }

  private static let script = """
    CREATE TABLE orders (id int PRIMARY KEY, customer_id int, status text, total int);
    INSERT INTO orders SELECT i, i % 500, (ARRAY['open', 'done', 'late'])[1 + i % 3], i FROM generate_series(1, 20000) i;
    CREATE INDEX ON orders (customer_id);
    CREATE TABLE customers (id int PRIMARY KEY, region text);
    INSERT INTO customers SELECT i, 'r' || i % 20 FROM generate_series(0, 499) i;
    CREATE VIEW open_orders AS SELECT id, total FROM orders WHERE status = 'open';
    CREATE TABLE parts (id int, kind int, note text) PARTITION BY RANGE (id);
    CREATE TABLE parts_low PARTITION OF parts FOR VALUES FROM (0) TO (5000);
    CREATE TABLE parts_high PARTITION OF parts FOR VALUES FROM (5000) TO (20000);
    INSERT INTO parts SELECT i, i % 30, 'n' FROM generate_series(1, 10000) i;
    CREATE TABLE base (id int, kind int);
    CREATE TABLE derived () INHERITS (base);
    INSERT INTO base SELECT i, i % 5 FROM generate_series(1, 1000) i;
    INSERT INTO derived SELECT i, i % 5 FROM generate_series(1, 1000) i;
    CREATE SCHEMA "Odd Place";
    CREATE TABLE "Odd Place"."Odd Table" ("Key" int PRIMARY KEY, "set" text);
    INSERT INTO "Odd Place"."Odd Table" SELECT i, 'x' || i % 9 FROM generate_series(1, 900) i;
    CREATE TABLE coded (id serial PRIMARY KEY, code int DEFAULT 5);
    INSERT INTO coded (code) SELECT i FROM generate_series(1, 50) i;
    ANALYZE;
    CREATE ROLE only_reads LOGIN;
    GRANT SELECT ON ALL TABLES IN SCHEMA public TO only_reads;

    CREATE FUNCTION folded() RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN 1; END $$;
    CREATE TABLE ruled (id int);
    CREATE RULE also AS ON UPDATE TO ruled DO ALSO SELECT 1;
    CREATE TABLE defaulting (id int, c int DEFAULT folded());
    CREATE TABLE shared (id int, owner text);
    INSERT INTO shared SELECT i, CASE WHEN i % 2 = 0 THEN 'only_reads' ELSE 'x' END FROM generate_series(1, 3000) i;
    ALTER TABLE shared ENABLE ROW LEVEL SECURITY;
    CREATE POLICY seen ON shared FOR SELECT USING (true);
    CREATE POLICY removed ON shared FOR DELETE USING (owner = current_user);
    CREATE POLICY changed ON shared FOR UPDATE USING (owner = current_user);
    CREATE POLICY fenced ON shared AS RESTRICTIVE FOR DELETE USING (id > 0);
    GRANT SELECT, UPDATE, DELETE ON shared TO only_reads;
    CREATE INDEX ON shared (owner, id);
    CREATE TABLE locked (id int, v int);
    INSERT INTO locked SELECT i, i FROM generate_series(1, 300) i;
    ALTER TABLE locked ENABLE ROW LEVEL SECURITY;
    CREATE POLICY seen ON locked FOR SELECT USING (true);
    CREATE POLICY fence ON locked AS RESTRICTIVE USING (id > 0);
    CREATE POLICY others ON locked FOR UPDATE TO pg_monitor USING (true);
    CREATE TABLE walled (id int, owner text) PARTITION BY RANGE (id);
    CREATE TABLE walled_low PARTITION OF walled FOR VALUES FROM (0) TO (5000);
    INSERT INTO walled SELECT i, 'only_reads' FROM generate_series(1, 300) i;
    ALTER TABLE walled ENABLE ROW LEVEL SECURITY;
    CREATE POLICY own ON walled USING (owner = current_user);
    GRANT SELECT, UPDATE, DELETE ON locked, walled TO only_reads;
    CREATE TABLE flagged (id int PRIMARY KEY, flag int);
    INSERT INTO flagged SELECT i, 0 FROM generate_series(1, 30000) i;
    VACUUM ANALYZE flagged;
    """

  static let faithful = [
    "UPDATE orders SET total = total + 1 WHERE status = 'open'", "UPDATE orders SET total = 0 WHERE id = 77",
    "UPDATE orders o SET status = 'done' WHERE o.customer_id IN (1, 2, 3)",
    "UPDATE orders o SET total = 0 FROM customers c WHERE c.id = o.customer_id AND c.region = 'r3'",
    "UPDATE orders SET (status, total) = (SELECT region, id FROM customers c WHERE c.id = customer_id) WHERE customer_id = 9",
    "UPDATE orders SET total = (SELECT max(id) FROM customers) WHERE status = 'late' AND customer_id < 10",
    "UPDATE orders SET total = 1 WHERE EXISTS (SELECT FROM customers c WHERE c.id = customer_id AND region = 'r1')",
    "WITH far AS (SELECT id FROM customers WHERE region = 'r7') UPDATE orders SET total = 3 WHERE customer_id IN (SELECT id FROM far)",
    "WITH far AS MATERIALIZED (SELECT id FROM customers WHERE region = 'r8') DELETE FROM orders WHERE customer_id IN (SELECT id FROM far)",
    "DELETE FROM orders WHERE status = 'open' AND total < 1000", "DELETE FROM orders WHERE id = 5",
    "DELETE FROM orders o USING customers c WHERE c.id = o.customer_id AND c.region = 'r9'",
    "DELETE FROM orders RETURNING id", "UPDATE open_orders SET total = 5 WHERE id < 300",
    "DELETE FROM open_orders WHERE total = 600", "UPDATE parts SET note = 'm' WHERE kind = 4",
    "DELETE FROM parts WHERE id BETWEEN 4990 AND 5010", "DELETE FROM parts_low WHERE kind = 2",
    "UPDATE base SET kind = 9 WHERE kind = 3", "DELETE FROM ONLY base WHERE kind = 3",
    "UPDATE \"Odd Place\".\"Odd Table\" SET \"set\" = 'y' WHERE \"set\" = 'x3'",
    "UPDATE coded SET code = DEFAULT WHERE id < 10",
  ]

  @Test(arguments: faithful) func hasThePlanAndTheRowsOfTheStatement(_ sql: String) async throws {
    let database = try await Self.made.value
    let session = try await Session.connect(ConnectionSettings(database: database.connectionString))
    let capture = try await session.capture(sql)
    #expect(capture.fidelity == .same)
    let plan = capture.plan.plan
    #expect(plan.root.actual.figures?.rows == (try await affectedRows(sql, in: database)))
  }

  /// In a transaction that psql rolls back.
  private func affectedRows(_ sql: String, in database: ThrowawayDatabase) async throws -> Double? {
    let answer = try await database.run(sql: "\\set QUIET off\nBEGIN;\n\(sql);\nROLLBACK;")
    let tag = answer.split(separator: "\n").last { $0.hasPrefix("UPDATE ") || $0.hasPrefix("DELETE ") }
    return tag.flatMap { Double($0.dropFirst(7)) }
  }

  @Test func saysThatTheRoleMayNotWrite() async throws {
    let database = try await Self.made.value
    let connection = database.connectionString.replacing("user=postgres", with: "user=only_reads")
    let session = try await Session.connect(ConnectionSettings(database: connection))
    let update = try await session.capture("UPDATE orders SET total = 0 WHERE id = 1")
    #expect(update.fidelity == .notCompared("the role may not UPDATE"))
    #expect(update.plan.plan.executionTime != nil)
    let delete = try await session.capture("DELETE FROM orders WHERE id = 1")
    #expect(delete.fidelity == .notCompared("the role may not DELETE"))
  }

  @Test(arguments: [
    ("UPDATE ruled SET id = 1", "rule also on public.ruled changes what it does"),
    (
      "UPDATE defaulting SET c = DEFAULT", "default of public.defaulting → function public.folded is rejected"
    ),
  ])
  func doesNotCompareWhatMayNotBePlanned(_ sql: String, _ reason: String) async throws {
    let session = try await Session.connect(ConnectionSettings(database: Self.made.value.connectionString))
    guard case .notCompared(let words) = try await session.capture(sql).fidelity else {
      Issue.record("compared")
      return
    }
    #expect(words.hasPrefix(reason))
  }

  /// What the SELECT would run without a word.
  @Test(arguments: [
    ("UPDATE orders SET nonsense = 1 WHERE id = 5", "42703"),
    ("DELETE FROM orders RETURNING nope", "42703"),
    ("UPDATE orders SET total = 'x' WHERE id = 5", "22P02"),
    ("UPDATE orders SET id = DEFAULT, id = 5", "42601"),
    ("UPDATE orders SET (status, total) = ('a', 2, 3)", "42601"),
    ("UPDATE orders SET ctid = '(0,1)'", "0A000"),
    ("UPDATE orders SET total = generate_series(1, 3)", "0A000"),
    ("UPDATE orders SET total = sum(id)", "42803"),
    ("UPDATE orders SET total = (SELECT region FROM customers LIMIT 1)", "42804"),
    ("DELETE FROM pg_stat_activity", "55000"),
    ("DELETE FROM coded_id_seq", "42809"),
  ])
  func refusesWhatTheServerRefuses(_ sql: String, _ state: String) async throws {
    let session = try await Session.connect(ConnectionSettings(database: Self.made.value.connectionString))
    await #expect {
      _ = try await session.capture(sql)
    } throws: { error in
      guard case .originalRefused(let refusal)? = error as? CaptureError else { return false }
      return refusal.sqlState.rawValue == state
    }
  }

  /// Settings under which every scan that may be parallel is.
  private static let eager = [
    TransactionSettings.Setting("parallel_setup_cost", "0"), .init("parallel_tuple_cost", "0"),
    .init("min_parallel_table_scan_size", "0"),
  ]

  @Test(arguments: [
    ("SELECT id FROM orders WHERE total % 2 = 0", true),
    ("SELECT id FROM orders WHERE total % 2 = 0 FOR UPDATE", false),
    ("SELECT id FROM orders WHERE total % 2 = 0 FOR SHARE", false),
    ("UPDATE orders SET total = 1 WHERE total % 2 = 0", false),
    ("DELETE FROM orders WHERE total % 2 = 0", false),
  ])
  func isParallelOnlyWhereTheStatementWouldBe(_ sql: String, _ isParallel: Bool) async throws {
    let session = try await Session.connect(ConnectionSettings(database: Self.made.value.connectionString))
    let plan = try await session.capture(sql, settings: Self.eager).plan.plan
    #expect(plan.nodes.contains { $0.type.name == "Gather" } == isParallel)
  }

  /// Why the plans differ.
  private func reason(_ capture: Capture) -> PlannerReason? {
    if case .differs(_, let reason) = capture.fidelity { reason } else { nil }
  }

  @Test(arguments: [
    ("DELETE FROM shared WHERE id < 100", 99, ["fenced", "removed"], true),
    ("UPDATE shared SET id = id + 1 WHERE id < 500", 499, ["changed"], true),
    (
      "WITH shared AS (SELECT 1) UPDATE public.shared s SET id = 0 FROM locked l WHERE l.id = s.id", 300,
      ["changed"], true
    ),
    ("UPDATE locked SET v = 0 WHERE id < 100", 99, ["fence"], false),
  ])
  func namesThePoliciesThatASelectDoesNotHave(
    _ sql: String, _ rows: Double, _ policies: [String], _ permitsAny: Bool
  ) async throws {
    let database = try await Self.made.value
    let connection = database.connectionString.replacing("user=postgres", with: "user=only_reads")
    let session = try await Session.connect(ConnectionSettings(database: connection))
    let capture = try await session.capture(sql)
    #expect(reason(capture) == .rowSecurity)
    #expect(capture.plan.plan.root.actual.figures?.rows == rows)
    let written = capture.context.secured.compactMap(\.writing)
    let command = sql.hasPrefix("DELETE") ? "DELETE" : "UPDATE"
    #expect(written == [WritingPolicies(command: command, policies: policies, permitsAny: permitsAny)])
  }

  /// The plan shows the partition alone.
  @Test func hasTheRowsOfTheStatementWherePoliciesAreForAllCommands() async throws {
    let database = try await Self.made.value
    let connection = database.connectionString.replacing("user=postgres", with: "user=only_reads")
    let session = try await Session.connect(ConnectionSettings(database: connection))
    let capture = try await session.capture("UPDATE walled SET owner = 'x' WHERE id < 100")
    #expect(capture.fidelity == .same)
    let own = WritingPolicies(command: "UPDATE", policies: ["own"], permitsAny: true)
    let walled = QualifiedName(schema: "public", name: "walled")
    #expect(capture.context.secured == [SecuredTable(name: walled, policies: ["own"], writing: own)])
  }

  @Test(arguments: [
    "DELETE FROM orders o WHERE EXISTS (SELECT FROM flagged f WHERE f.id = o.total) AND o.customer_id = 7",
    "UPDATE orders o SET total = 1 WHERE o.total IN (SELECT f.id FROM flagged f) AND o.customer_id = 7",
  ])
  func fetchesTheRowsThatTheStatementFetches(_ sql: String) async throws {
    let session = try await Session.connect(ConnectionSettings(database: Self.made.value.connectionString))
    let capture = try await session.capture(sql)
    #expect(capture.fidelity == .sameWithoutIndexOnlyScans)
    #expect(capture.plan.plan.nodes.contains { $0.type.name == "Index Scan" })
    let select = "SELECT FROM orders o WHERE o.total IN (SELECT f.id FROM flagged f) AND o.customer_id = 7"
    let read = try await session.capture(select)
    #expect(read.plan.plan.nodes.contains { $0.type.name == "Index Only Scan" })
  }

  @Test(arguments: [
    "UPDATE scratch SET kind = kind + 1 WHERE kind = 3",
    "UPDATE scratch s SET kind = -c.id FROM customers c WHERE c.id = s.id AND c.region = 'r3' RETURNING s.*",
    "DELETE FROM scratch USING orders o WHERE o.id = scratch.id AND o.status = 'open' RETURNING 1",
    "WITH scratch AS (SELECT 5 AS id) DELETE FROM scratch WHERE id IN (SELECT id FROM scratch)",
  ])
  func rewritesStatementsOnTemporaryTables(_ sql: String) async throws {
    let session = try await Session.connect(ConnectionSettings(database: Self.made.value.connectionString))
    let rows = "SELECT i AS id, i % 9 AS kind FROM generate_series(1, 100500) i"
    _ = try await session.query("CREATE TEMP TABLE scratch AS \(rows)")
    _ = try await session.query("ANALYZE scratch")
    let capture = try await session.capture(sql, settings: Self.eager)
    #expect(capture.fidelity == .same)
    let before = try await session.query("SELECT count(*) FROM (TABLE scratch EXCEPT \(rows)) AS changed")
    #expect(before[0][0] == "0")
    _ = try await session.query(sql)
    let changed = try await session.query("SELECT count(*) FROM (\(rows) EXCEPT TABLE scratch) AS changed")
    #expect(capture.plan.plan.root.actual.figures?.rows == changed[0]["count", as: Double.self])
  }
}

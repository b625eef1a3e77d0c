import Catalog
import Testing
import ThrowawayServer

@testable import Diagnosis

/// Every statement that is printed, run by the server that it is printed for.
@Suite struct RemedySQLServerTests {
  private static let schema = """
    CREATE TABLE orders (id int PRIMARY KEY, status text, placed_at timestamptz, "Weird ""name" int, total numeric);
    CREATE SCHEMA "Sales Dept";
    CREATE FUNCTION "Sales Dept"."Due"(since timestamptz, VARIADIC kinds text[]) RETURNS SETOF int LANGUAGE sql AS 'SELECT 1';
    CREATE TABLE "Sales Dept"."Order" ("user" int, "from" text);
    CREATE TABLE events (id int, at date) PARTITION BY RANGE (at);
    CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2024-02-01');
    CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM ('2024-02-01') TO ('2024-03-01');
    """

  private static func name(_ schema: String?, _ name: String) -> QualifiedName {
    QualifiedName(schema: schema, name: name)
  }

  private static let actions: [RemedyAction] = [
    .createIndex(IndexProposal(table: name("public", "orders"), keys: [IndexKey("status")])),
    .createIndex(
      IndexProposal(
        table: name("public", "orders"),
        keys: [
          IndexKey("status", nullsFirst: true), IndexKey("placed_at", isDescending: true),
          IndexKey("total", isDescending: true, nullsFirst: false),
        ], includedColumns: ["Weird \"name", "id"])),
    .createIndex(
      IndexProposal(table: name("public", "orders"), keys: [IndexKey("lower(status)", isExpression: true)])),
    .createIndex(
      IndexProposal(table: name("Sales Dept", "Order"), keys: [IndexKey("user"), IndexKey("from")])),
    .createIndex(
      IndexProposal(
        table: name("public", "events"), keys: [IndexKey("id")],
        partitions: [name("public", "events_1"), name("public", "events_2")])),
    .createIndex(
      IndexProposal(
        table: name("public", "orders"), keys: [IndexKey("status", operatorClass: "gin_trgm_ops")],
        method: .gin,
        predicate: "total > 5", requiredExtension: "pg_trgm")),
    .analyze(name("Sales Dept", "Order")),
    .vacuum(name("Sales Dept", "Order")),
    .rebuildIndex(name("public", "orders_pkey")),
    .createStatistics(
      StatisticsProposal(
        table: name("Sales Dept", "Order"), columns: ["user", "from"],
        kinds: [.ndistinct, .dependencies, .mcv])),
    .setStatisticsTarget(ColumnName(name("Sales Dept", "Order"), "from"), target: 1_000),
    .setDistinctValues(ColumnName(name("public", "orders"), "Weird \"name"), -0.25),
    .createStatistics(
      StatisticsProposal(
        table: name("public", "orders"), columns: [], kinds: [], expressions: ["lower(status)"])),
    .createStatistics(
      StatisticsProposal(
        table: name("public", "orders"), columns: ["status"], kinds: [.mcv], expressions: ["(total % 3)"],
        target: 500)),
    .setFunctionRows(
      FunctionSignature(
        name("Sales Dept", "Due"), arguments: "since timestamp with time zone, VARIADIC kinds text[]"),
      rows: 500, before: 1_000),
    .setTableOption(name("public", "orders"), name: .parallelWorkers, value: 4),
    .setTableOption(name("public", "orders"), name: .parallelWorkers, value: nil),
    .set([SessionSetting("jit", "off"), SessionSetting("join_collapse_limit", "12")]),
    .setWorkMem(kilobytes: 65_536),
    .setWorkMem(kilobytes: 1_000),
  ]

  @Test func everyStatementAndItsUndoAreAcceptedByTheServer() async throws {
    let database = try await SharedServer.shared.makeDatabase(script: Self.schema)
    let invalid = "SELECT count(*) FROM pg_index WHERE NOT indisvalid"
    let indexes = "SELECT count(*) FROM pg_index JOIN pg_class c ON c.oid = indrelid WHERE relname !~ '^pg_'"
    let before = try await database.run(sql: indexes)
    for action in Self.actions {
      let script = try RemedySQL(engine: .postgres).script(for: action)
      for statement in script.statements { try await database.run(sql: statement) }
      #expect(try await database.run(sql: invalid) == "0\n", "\(script.statements)")
      try await database.run(sql: script.undo.joined(separator: "\n"))
      #expect(try await database.run(sql: indexes) == before, "\(script.undo)")
    }
  }

  @Test func theServerKeepsTheIndexsNameAsPrinted() async throws {
    let long = String(repeating: "länge", count: 12)
    let database = try await SharedServer.shared.makeDatabase(script: "CREATE TABLE t (\"\(long)\" int)")
    let proposal = IndexProposal(table: Self.name("public", "t"), keys: [IndexKey(long)])
    let script = try RemedySQL(engine: .postgres).script(for: .createIndex(proposal))
    try await database.run(sql: script.statements.joined())
    let kept = try await database.run(
      sql: "SELECT relname FROM pg_class WHERE relkind = 'i' AND relname ~ '^t_'")
    let name = try #require(kept.split(separator: "\n").first)
    #expect(script.statements[0].contains(name))
    try await database.run(sql: script.undo.joined())
  }

  /// A condition as EXPLAIN prints it names an index that the planner then takes for it.
  @Test(arguments: ["lower(kind) = 'x'", "lower(name) = 'x'", "length(btrim(name)) > 900", "abs(amount) = 5"])
  func theServerUsesAnIndexOnTheExpressionThatItsOwnPlanShows(_ condition: String) async throws {
    let database = try await SharedServer.shared.makeDatabase(
      script: """
        CREATE TABLE t (kind varchar(9), name text, amount int);
        INSERT INTO t SELECT 'k' || i % 700, repeat('n', i % 900), i FROM generate_series(1, 9000) AS i;
        ANALYZE t;
        """)
    let explain = "EXPLAIN (VERBOSE) SELECT 1 FROM t WHERE \(condition)"
    let table = RelationEvidence(
      statistics: RelationStatistics(name: Self.name("public", "t")),
      columns: [
        .column("kind", "character varying(9)"), .column("name", "text"), .column("amount", "integer"),
      ])
    let query = try DiagnosticCase(
      try await database.run(sql: explain), evidence: EvidenceBook(relations: [table]))
    let demand = IndexDemand(query.scanPredicates(of: 0), relation: table)
    let key = try #require((demand.equalities + demand.ranges).first?.key)
    #expect(key.isExpression)
    let script = try RemedySQL(engine: .postgres).script(
      for: .createIndex(IndexProposal(table: table.name, keys: [key])))
    try await database.run(sql: (script.statements + ["ANALYZE t;"]).joined(separator: "\n"))
    #expect(try await database.run(sql: explain).contains("t_expr_idx"))
    let kept = try await database.run(sql: "SELECT pg_get_indexdef('t_expr_idx'::regclass, 1, true)")
    #expect(kept == key.text + "\n", "as the catalog will name it")
  }

  @Test func queriesThatCheckACauseAreAcceptedByTheServer() async throws {
    let database = try await SharedServer.shared.makeDatabase(script: Self.schema)
    let order = Self.name("Sales Dept", "Order")
    try await database.run(sql: CheckQueries.statistics(of: [order, Self.name("public", "orders")]).text)
    let indexes = try await database.run(sql: CheckQueries.indexes(of: Self.name("public", "orders")).text)
    #expect(indexes.contains("orders_pkey"))
  }
}

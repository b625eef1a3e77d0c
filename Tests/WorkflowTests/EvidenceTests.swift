import Catalog
import Diagnosis
import PlanModel
import Postgres
import Testing
import ThrowawayServer

@testable import Workflow

/// What is gathered about the tables of a plan.
@Suite(.serialized) struct EvidenceTests {
  private static let made = Task { try await LoggedServer.makeDatabase(script: script) }

  private static let script = """
    CREATE TABLE orders (id int PRIMARY KEY, customer_id int, status text, code varchar(10), total numeric, at date);
    INSERT INTO orders SELECT i, i % 50, (ARRAY['open', 'done', NULL])[1 + i % 3], 'c' || i % 9, i % 101,
      date '2026-01-01' + i % 365 FROM generate_series(1, 3000) i;
    CREATE TABLE "Odd Table" ("Col A" int, "select" text);
    INSERT INTO "Odd Table" SELECT i, 'v' || i % 5 FROM generate_series(1, 400) i;
    CREATE TABLE parts (id int, kind int) PARTITION BY RANGE (id);
    CREATE TABLE parts_low PARTITION OF parts FOR VALUES FROM (0) TO (500);
    CREATE TABLE parts_high PARTITION OF parts FOR VALUES FROM (500) TO (2000);
    INSERT INTO parts SELECT i, i % 7 FROM generate_series(1, 1200) i;
    CREATE TABLE base (id int, kind int);
    CREATE TABLE derived () INHERITS (base);
    INSERT INTO base SELECT i, i % 4 FROM generate_series(1, 100) i;
    INSERT INTO derived SELECT i, i % 4 FROM generate_series(1, 60) i;
    CREATE VIEW open_orders AS SELECT id, customer_id, total FROM orders WHERE status = 'open';
    CREATE TABLE mixed (kind text, value text);
    INSERT INTO mixed SELECT CASE WHEN i % 4 = 0 THEN 'number' ELSE 'word' END,
      CASE WHEN i % 4 = 0 THEN i::text ELSE 'w' || i END FROM generate_series(1, 800) i;
    ANALYZE;
    CREATE ROLE half_reader LOGIN;
    GRANT SELECT ON "Odd Table", open_orders TO half_reader;
    """

  struct Counted: CustomTestStringConvertible, Sendable {
    var sql: String
    /// Table, its rows, and per conjunction: label, predicates as the plan prints them.
    var tables: [(name: String, label: String, conjunctions: [String])]

    var testDescription: String { sql }
  }

  static let counted = [
    Counted(
      sql: "SELECT * FROM orders WHERE status = 'open' AND total > 50",
      tables: [
        (
          "orders", "orders",
          [
            "(orders.total > '50'::numeric)", "(orders.status = 'open'::text)",
            "(orders.total > '50'::numeric) AND (orders.status = 'open'::text)",
          ]
        )
      ]),
    Counted(
      sql: "SELECT * FROM orders o WHERE lower(o.status) = 'done' AND o.total * 2 > 100",
      tables: [
        ("orders", "o", ["(lower(o.status) = 'done'::text)", "((o.total * '2'::numeric) > '100'::numeric)"])
      ]),
    Counted(
      sql: "SELECT * FROM orders WHERE code = 'c3'",
      tables: [("orders", "orders", ["((orders.code)::text = 'c3'::text)"])]),
    Counted(
      sql: "SELECT * FROM orders WHERE at BETWEEN '2026-03-01' AND '2026-03-31'",
      tables: [
        (
          "orders", "orders",
          [
            "(orders.at >= '2026-03-01'::date)", "(orders.at <= '2026-03-31'::date)",
            "(orders.at >= '2026-03-01'::date) AND (orders.at <= '2026-03-31'::date)",
          ]
        )
      ]),
    Counted(
      sql: "SELECT * FROM orders WHERE status IS NULL OR total = 3",
      tables: [("orders", "orders", ["((orders.status IS NULL) OR (orders.total = '3'::numeric))"])]),
    Counted(
      sql:
        "SELECT * FROM orders a JOIN orders b ON a.id = b.customer_id WHERE a.status = 'open' AND b.status = 'done'",
      tables: [
        ("orders", "a", ["(a.status = 'open'::text)"]), ("orders", "b", ["(b.status = 'done'::text)"]),
      ]),
    Counted(
      sql: "SELECT * FROM \"Odd Table\" AS \"My T\" WHERE \"My T\".\"select\" = 'v2' AND \"Col A\" > 200",
      tables: [
        ("\"Odd Table\"", "\"My T\"", ["(\"My T\".\"select\" = 'v2'::text)", "(\"My T\".\"Col A\" > 200)"])
      ]),
    Counted(
      sql: "SELECT * FROM parts p WHERE kind = 3",
      tables: [("parts_low", "p_1", ["(p_1.kind = 3)"]), ("parts_high", "p_2", ["(p_2.kind = 3)"])]),
    Counted(
      sql: "SELECT * FROM base WHERE kind = 1",
      tables: [("base", "base_1", ["(base_1.kind = 1)"]), ("derived", "base_2", ["(base_2.kind = 1)"])]),
    Counted(
      sql: "SELECT * FROM open_orders WHERE total = 7",
      tables: [("orders", "orders", ["(orders.status = 'open'::text)", "(orders.total = '7'::numeric)"])]),
  ]

  @Test(arguments: counted) func countsWhatDirectCountsGive(_ wanted: Counted) async throws {
    let database = try await Self.made.value
    let book = try await LoggedSession(database).session.analyze(wanted.sql).evidence
    #expect(book.gaps.isEmpty)
    for (name, label, conjunctions) in wanted.tables {
      let relation = try #require(
        book.relation(QualifiedName(schema: "public", name: name.replacing("\"", with: ""))))
      #expect(relation.rowCount == CountedRows(try await count("ONLY \(name)", in: database)))
      for conjunction in conjunctions {
        let counted = relation.predicateCounts.first {
          $0.predicates.joined(separator: " AND ") == conjunction
        }
        let direct = try await count("ONLY \(name) AS \(label) WHERE \(conjunction)", in: database)
        #expect(counted?.rows == direct, "\(conjunction): \(relation.predicateCounts)")
      }
    }
  }

  private func count(_ source: String, in database: ThrowawayDatabase) async throws -> Double {
    let answer = try await database.run(sql: "SELECT count(*) FROM \(source)")
    return try #require(Double(answer.dropLast()))
  }

  @Test func takesOnePassForEveryTable() async throws {
    let logged = try await LoggedSession(Self.made.value)
    _ = try await logged.session.analyze(
      "SELECT * FROM orders a JOIN orders b ON a.id = b.customer_id, mixed m WHERE a.status = 'open' AND b.total = 1 AND m.kind = 'word'"
    )
    let passes = try await logged.statements().filter { $0.hasPrefix("SELECT count(*)") }
    #expect(passes.count == 2)
    #expect(passes.filter { $0.contains("FROM ONLY public.orders ") }.count == 1)
  }

  /// `value` is a number only where `kind` says so: no count of its own, but one of both, and of the rows.
  @Test func keepsTheOtherCountsWhereOnePredicateFails() async throws {
    let session = try await LoggedSession(Self.made.value).session
    let book = try await session.analyze("SELECT * FROM mixed WHERE kind = 'number' AND value::int > 400")
      .evidence
    let relation = try #require(book.relations.first)
    #expect(relation.rowCount == CountedRows(800))
    #expect(
      relation.predicateCounts == [
        PredicateCount(predicates: ["(mixed.kind = 'number'::text)"], rows: 200),
        PredicateCount(
          predicates: ["(mixed.kind = 'number'::text)", "((mixed.value)::integer > 400)"], rows: 100),
      ])
    let gap = try #require(book.gaps.first)
    #expect(gap.missing == "selectivity of ((mixed.value)::integer > 400) on public.mixed")
    #expect(gap.reason.hasPrefix("invalid input syntax for type integer: \"w"))
    #expect(gap.query?.hasSuffix(" FROM ONLY public.mixed AS mixed;") == true)
  }

  @Test func namesWhatTheRoleMayNotSee() async throws {
    let session = try await LoggedSession(Self.made.value, role: "half_reader").session
    let book = try await session.analyze(
      "SELECT * FROM open_orders o JOIN \"Odd Table\" t ON t.\"Col A\" = o.id WHERE o.total = 3"
    ).evidence
    #expect(
      book.gaps.map(\.missing) == [
        "column statistics of public.orders", "row count and selectivities of public.orders",
      ])
    #expect(book.gaps.last?.reason == "permission denied for table orders")
    let hidden = try #require(book.relation(QualifiedName(schema: "public", name: "orders")))
    #expect(hidden.rowCount == nil && hidden.statistics.relTuples == 3_000)
    let seen = try #require(book.relation(QualifiedName(schema: "public", name: "Odd Table")))
    #expect(seen.rowCount == CountedRows(400))
    #expect(seen.columns.allSatisfy { $0.distribution != nil })
  }

  @Test func gathersNoMoreThanItMay() async throws {
    let sql = "SELECT * FROM orders WHERE status = 'open'"
    for level in EvidenceLevel.allCases {
      let logged = try await LoggedSession(Self.made.value)
      let book = try await logged.session.analyze(sql, evidence: level).evidence
      let sent = try await logged.statements()
      #expect(sent.contains { $0.contains("FROM wanted") } == (level != .none))
      #expect(sent.contains { $0.hasPrefix("SELECT count(*)") } == (level == .full))
      #expect((book.relations.first?.rowCount != nil) == (level == .full))
      #expect(book.relations.isEmpty == (level == .none))
      #expect(
        book.gaps
          == (level == .none ? [EvidenceGap(missing: "catalog evidence", reason: "--evidence none")] : []))
    }
  }

  /// Messages as they travel, counted between client and server.
  @Test func readsTheCatalogInAsManyMessagesForTwentyTablesAsForOne() async throws {
    let tables = (1...20).map { table in
      let columns = (1...table).map { "c\($0) text" }.joined(separator: ", ")
      return "CREATE TABLE t\(table) (i int PRIMARY KEY, j int, \(columns));"
    }
    let database = try await LoggedServer.makeDatabase(script: tables.joined())
    let proxy = try CountingProxy(to: database.server.socketDirectory)
    defer { proxy.stop() }
    let host = database.connectionString.replacing(database.server.socketDirectory, with: proxy.folder)
    let session = try await Session.connect(ConnectionSettings(database: host))
    var trips: [Int] = []
    var messages: [[Character: Int]] = []
    for count in [1, 5, 20] {
      let sql = "SELECT count(*) FROM " + (1...count).map { "t\($0)" }.joined(separator: " NATURAL JOIN ")
      let request = try await CaptureRequest.make(sql, on: session)
      let plan = try await Capture.take(request, on: session, functions: FunctionAdmission()).plan.plan
      let gathering = GatherEvidence(
        for: plan, conditions: PlanConditions(plan), level: .catalog, request: request)
      let (before, sent) = (await session.roundTrips, proxy.messages)
      let book = try await gathering.gather(on: session)
      trips.append(await session.roundTrips - before)
      messages.append(proxy.messages.merging(sent) { $0 - $1 }.filter { $0.value != 0 })
      #expect(book.relations.count == count)
      #expect(book.relations.allSatisfy { $0.indexes?.count == 1 })
    }
    #expect(trips == [3, 3, 3])
    #expect(messages[0] == messages[1] && messages[0] == messages[2])
    // BEGIN, everything, ROLLBACK.
    #expect(messages[0]["S"] == 3 && messages[0]["Q"] == nil, "\(messages[0])")
  }

  @Test func readsStatisticsIndexesAndSettingsFromTheCatalog() async throws {
    let session = try await LoggedSession(Self.made.value).session
    let book = try await session.analyze(
      "SELECT * FROM orders WHERE status = 'open'",
      settings: [.init("search_path", "public, pg_temp"), .init("work_mem", "99kB")]
    ).evidence
    let relation = try #require(book.relations.first)
    #expect(relation.statistics.relTuples == 3_000)
    #expect(relation.statistics.kind == .table)
    #expect(relation.indexes?.map(\.name) == ["orders_pkey"])
    #expect(relation.indexes?.first?.isPrimary == true)
    let status = try #require(relation.column("status"))
    #expect(status.type == "text")
    let distribution = try #require(status.distribution)
    #expect((distribution.nullFrac - 1.0 / 3).magnitude < 0.01)
    #expect(Set(distribution.mostCommonValues) == ["open", "done"])
    #expect(book.setting("work_mem") == "99")
    #expect(book.setting("search_path") == "public, pg_temp")
  }
}

import Foundation
import Testing
import ThrowawayServer

/// `analyze --pasted`: this morning's plan, as somebody pasted it, against tonight's.
@Suite(.serialized) struct PastedPlanTests {
  private static let tables = """
    CREATE TABLE customers (id int PRIMARY KEY, region text NOT NULL);
    INSERT INTO customers SELECT i, 'region ' || i % 7 FROM generate_series(1, 2000) i;
    CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL, status text NOT NULL);
    INSERT INTO orders
      SELECT i, 1 + i % 2000, CASE WHEN i % 200 = 0 THEN 'open' ELSE 'done' END
      FROM generate_series(1, 20000) i;
    CREATE INDEX orders_status ON orders (status);
    ALTER TABLE orders SET (autovacuum_enabled = off);
    ALTER TABLE customers SET (autovacuum_enabled = off);
    ANALYZE;
    """

  /// A change of the database, how the plan was explained before it, and what the report says after it.
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var explain: String
    var decorated = false
    var sql = Shop.join
    var change: String
    var options: [String] = []
    var says: [String]
  }

  static let cases = [
    Case(
      testDescription: "nothing changed, TEXT", explain: "ANALYZE, VERBOSE, BUFFERS, SETTINGS", change: "",
      says: ["**Same shape:**", "| Actual rows | 1 | 1 | same |"]),
    Case(
      testDescription: "an index was dropped, TEXT from psql", explain: "ANALYZE, BUFFERS", decorated: true,
      change: "DROP INDEX orders_status",
      says: [
        "**Another shape:**", "orders_status on orders o` (pasted) became `", "`Seq Scan on public.orders o`",
        "| Pages ",
      ]),
    Case(
      testDescription: "statistics changed, JSON", explain: "ANALYZE, FORMAT JSON",
      change: """
        INSERT INTO orders SELECT i, 1, 'open' FROM generate_series(20001, 60000) i; ANALYZE orders;
        """,
      says: [
        "| Estimated rows | `", "| Actual rows | `", "x more |",
        "- Pages: the pasted plan was made without BUFFERS",
      ]),
    Case(
      testDescription: "another session's settings, XML", explain: "ANALYZE, SETTINGS, FORMAT XML",
      change: "",
      options: ["--set", "enable_bitmapscan=off", "--set", "work_mem=64MB"],
      says: ["- Settings: the pasted plan prints none", "Settings: ", "work_mem = '64MB'"]),
    Case(
      testDescription: "a plain UPDATE without costs, YAML", explain: "COSTS OFF, FORMAT YAML",
      sql: "UPDATE orders SET status = 'late' WHERE id = 7", change: "",
      says: [
        "**Same shape:**", "Of the pasted plan `Update on orders` is left out",
        "- Actual rows, times and pages: the pasted plan was made without ANALYZE.",
        "- Costs and estimated rows: the pasted plan was made with COSTS OFF.",
      ]),
    Case(
      testDescription: "another value", explain: "ANALYZE, TIMING OFF",
      sql: "SELECT id FROM orders WHERE status = 'open' OR id = 7", change: "",
      options: ["--no-experiments"],
      says: ["- Times of nodes: the pasted plan was made with TIMING OFF"]),
  ]

  @Test(arguments: cases)
  func comparesThePlanOfBeforeWithThatOfNow(_ row: Case) async throws {
    let database = try await SharedServer.shared.makeDatabase(script: Self.tables)
    let plan = try await Self.plan(row, in: database)
    if !row.change.isEmpty { try await database.run(sql: row.change) }
    try await Scratch.withFolder { folder in
      let file = try folder.file("morning.txt", plan.utf8)
      let report = folder.appending(path: "report.md").path
      let run = try await Plandx.run(
        ["analyze", "--pasted", file, "-o", report, "-d", database.connectionString] + row.options + [row.sql]
      )
      #expect(run.status == 0, "\(run.errors)")
      let text = try folder.text("report.md")
      for words in row.says { #expect(text.contains(words), "\(words) is not in \(text)") }
      #expect(try await Plandx.run(["check", report]).output.isEmpty)
      let plain = try #require(text.split(separator: "### Pasted plan\n\n```text\n").last)
      #expect(plain.contains("\n```\n\n## Findings"))
      // What a later run reads from the report is the captured plan.
      let again = try await Plandx.run(["reassess", report, "-q", "-d", database.connectionString])
      #expect(again.status == 0, "\(again.errors)")
      #expect(try folder.text("report.md").hasPrefix(text))
    }
  }

  /// EXPLAIN's output as it is, or as psql shows it on a terminal.
  private static func plan(_ row: Case, in database: ThrowawayDatabase) async throws -> String {
    let plan = try await database.run(sql: "EXPLAIN (\(row.explain)) \(row.sql)")
    guard row.decorated else { return plan }
    let lines = plan.split(separator: "\n").map { " \($0)\n" }
    return "      QUERY PLAN\n------------------\n" + lines.joined() + "(\(lines.count) rows)\n\n"
  }

  @Test func tellsThatAPlanIsNotTheStatements() async throws {
    let run = try await Plandx.run(
      ["analyze", "--pasted", "-"] + Shop.options() + ["SELECT count(*) FROM customers"],
      input: "Seq Scan on parcels  (cost=0.00..1.00 rows=1 width=4)\n")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("**Not compared: no relation in common.** The pasted plan reads `parcels`"))
  }

  /// Before anything is sent: nobody answers at that address.
  @Test(arguments: [
    (["--pasted", "/nowhere/plan.txt"], "", 66, "plandx: /nowhere/plan.txt: no such file"),
    (["--pasted", "/dev/null"], "", 65, "plandx: /dev/null: no plan: the input is empty"),
    (
      ["--pasted", "-"], "good morning\n", 65, "plandx: stdin: no plan: line 1, column 1 does not fit a plan"
    ),
    (["--pasted", "-", "-"], "SELECT 1", 64, "plandx: --pasted - takes the plan from stdin"),
    (["--dry-run", "--pasted", "/nowhere/plan.txt"], "", 66, "plandx: /nowhere/plan.txt: no such file"),
  ])
  func refusesAPlanThatCannotBeReadBeforeItConnects(
    _ options: [String], _ input: String, _ status: Int32, _ words: String
  ) async throws {
    let sql = options.last == "-" && options.count > 2 ? [] : ["SELECT 1 FROM t"]
    let run = try await Plandx.run(["analyze", "-h", "/nowhere"] + options + sql, input: input)
    #expect(run.status == status)
    #expect(run.firstError.hasPrefix(words), "\(run.errors)")
    #expect(run.output.isEmpty)
  }

  @Test func neverReplacesThePastedPlan() async throws {
    try await Scratch.withFolder { folder in
      let file = try folder.file("plan.txt", "Seq Scan on t\n".utf8)
      let run = try await Plandx.run(
        ["analyze", "-h", "/nowhere", "--force", "--pasted", file, "-o", file, "SELECT 1 FROM t"])
      #expect(run.status == 73)
      #expect(run.firstError.contains("it is what is read"))
      #expect(try folder.text("plan.txt") == "Seq Scan on t\n")
    }
  }

  @Test func sendsNothingMoreThanWithoutIt() async throws {
    try await Scratch.withFolder { folder in
      let file = try folder.file("plan.txt", "Seq Scan on t\n".utf8)
      let bare = try await Plandx.run(["analyze", "--dry-run", "SELECT 1 FROM t"])
      let run = try await Plandx.run(["analyze", "--dry-run", "--pasted", file, "SELECT 1 FROM t"])
      #expect(run.status == 0 && run.output == bare.output)
    }
  }
}

import Foundation
import Testing
import ThrowawayServer

/// What the server refuses is told in its own words, with the place in the user's statement.
@Suite(.serialized) struct ServerErrorTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var sql: String
    var status: Int32
    var errors: String
    var role = "postgres"
    var options: [String] = []

    var testDescription: String { sql }
  }

  static let cases = [
    Case(
      sql: "SELECT * FROM nowhere", status: 65,
      errors: """
        plandx: the server says: ERROR: relation "nowhere" does not exist (SQLSTATE 42P01)
        LINE 1: SELECT * FROM nowhere
                              ^

        """),
    Case(
      sql: "SELECT id,\n  'größe', custmer_id\nFROM orders", status: 65,
      errors: """
        plandx: the server says: ERROR: column "custmer_id" does not exist (SQLSTATE 42703)
        LINE 2:   'größe', custmer_id
                           ^
        HINT: Perhaps you meant to reference the column "orders.customer_id".

        """),
    Case(
      sql: "-- by name\nDELETE FROM orders WHERE nme = 'x'", status: 65,
      errors: """
        plandx: the server says: ERROR: column "nme" does not exist (SQLSTATE 42703)
        In the SELECT that stands for the DELETE:
        LINE 4: WHERE nme = 'x'
                      ^

        """),
    Case(
      sql: "SELECT sum(region) FROM customers", status: 65,
      errors: """
        plandx: the server says: ERROR: function sum(text) does not exist (SQLSTATE 42883)
        LINE 1: SELECT sum(region) FROM customers
                       ^
        HINT: No function matches the given name and argument types. You might need to add explicit type casts.

        """),
    Case(
      sql: "SELECT id / (id - 7) FROM orders", status: 65,
      errors: "plandx: the server says: ERROR: division by zero (SQLSTATE 22012)\n"),
    Case(
      sql: "SELECT * FROM orders", status: 77,
      errors: "plandx: the server says: ERROR: permission denied for table orders (SQLSTATE 42501)\n",
      role: "shop_stranger"),
    Case(
      sql: "SELECT 1", status: 65,
      errors:
        "plandx: the server says: ERROR: role \"nobody_of_that_name\" does not exist (SQLSTATE 22023)\n",
      options: ["--role", "nobody_of_that_name"]),
    Case(
      sql: "SELECT 1", status: 65,
      errors:
        "plandx: the server says: ERROR: invalid value for parameter \"work_mem\": \"much\" (SQLSTATE 22023)\n",
      options: ["--set", "work_mem=much"]),
    Case(
      sql: "SELECT 1", status: 65,
      errors: """
        plandx: the server says: ERROR: unrecognized configuration parameter "nonsense" (SQLSTATE 42704)

        """,
      options: ["--set", "nonsense=on"]),
  ]

  @Test(arguments: cases) func repeatsTheServersError(_ wanted: Case) async throws {
    try await Scratch.withFolder { folder in
      let report = folder.appending(path: "report.md").path
      let connection = try await Shop.options(role: wanted.role)
      let run = try await Plandx.run(["analyze", "-o", report] + connection + wanted.options + [wanted.sql])
      #expect(run.errors == wanted.errors)
      #expect(run.status == wanted.status)
      #expect(run.output.isEmpty)
      #expect(try folder.names().isEmpty)
    }
  }

  @Test(
    arguments: [
      ("postgres", "no_such_shop", 69, "FATAL: database \"no_such_shop\" does not exist"),
      ("nobody_of_that_name", "postgres", 77, "FATAL: role \"nobody_of_that_name\" does not exist"),
    ] as [(String, String, Int32, String)])
  func saysWhoWasNotLetIn(_ role: String, _ database: String, _ status: Int32, _ error: String) async throws {
    let run = try await Plandx.run(["analyze"] + Shop.options(role: role, database: database) + ["SELECT 1"])
    #expect(run.errors.hasPrefix("plandx: no connection: connection to server on socket "))
    #expect(run.errors.hasSuffix("failed: \(error); check role, database and pg_hba.conf\n"))
    #expect(run.status == status)
  }

  @Test func givesUpOnALockThatAnotherSessionHolds() async throws {
    let database = try await SharedServer.shared.makeDatabase(script: "CREATE TABLE t (i int)")
    let holder = Task { try await database.run(sql: "BEGIN; LOCK TABLE t; SELECT pg_sleep(30)") }
    try await Activity.wait(on: database) { "query LIKE '%pg_sleep%' AND wait_event = 'PgSleep'" }
    // The default of 5 s is the same code; a test has no time for it.
    let run = try await Plandx.run(
      ["analyze", "-d", database.connectionString, "--set", "lock_timeout=200ms", "SELECT * FROM t"])
    #expect(
      run.errors == """
        plandx: the server says: ERROR: canceling statement due to lock timeout (SQLSTATE 55P03)
        LINE 1: SELECT * FROM t
                              ^

        """)
    #expect(run.status == 75)
    try await Activity.terminate(in: database)
    _ = try? await holder.value
  }

  @Test(arguments: [
    ("30", "the capture timed out after 0.2s, so nothing is run again."),
    (
      "0.1",
      "original query execution time (over 0.2s, capture timed out) exceeds 0.1-second threshold."
    ),
  ])
  func makesAReportFromEstimatesWhenTheTimeIsOver(_ limit: String, _ reason: String) async throws {
    try await Scratch.withFolder { folder in
      let report = folder.appending(path: "report.md").path
      let run = try await Plandx.run(
        ["analyze", "--timeout", "0.2", "--experiment-limit", limit, "-o", report] + Shop.options()
          + ["SELECT pg_sleep(60) FROM customers c JOIN orders o ON o.customer_id = c.id"])
      #expect(run.status == 0)
      let text = try folder.text("report.md")
      #expect(text.contains("**Estimates only.** The statement was stopped after 0.2s (`--timeout`)."))
      #expect(text.contains("GUC experimentation skipped — \(reason)"))
      #expect(try await Plandx.run(["check", report]).status == 0)
    }
  }

  /// The clerk may read a view, but not the table behind it.
  @Test func namesTheEvidenceThatTheRoleMayNotSee() async throws {
    let run = try await Plandx.run(
      ["analyze"] + Shop.options(role: "shop_clerk")
        + ["SELECT * FROM order_list o JOIN customers c ON c.id = o.customer_id WHERE c.id < 100"])
    #expect(run.status == 0)
    #expect(run.output.contains("- column statistics of public.orders: pg_stats hides the statistics"))
    #expect(
      run.output.contains(
        "- row count and selectivities of public.orders: permission denied for table orders"))
    #expect(run.output.contains("| `public.customers` | all rows | 2,000 | 100% |"))
    #expect(!run.output.contains("- column statistics of public.customers"))
  }
}

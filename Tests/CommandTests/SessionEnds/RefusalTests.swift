import Foundation
import Testing

@testable import ThrowawayServer

/// A server that does not let a session in, or not at what it wants.
@Suite struct RefusalTests {
  // MARK: At the door

  struct Entrance: CustomTestStringConvertible, Sendable {
    var role: String
    var database = "postgres"
    var password: String?
    var status: Int32
    var words: String

    var testDescription: String { "\(role) at \(database): \(status)" }
  }

  static let entrances = [
    Entrance(
      role: "guarded", password: "battery staple", status: 77,
      words:
        "FATAL: password authentication failed for user \"guarded\"; check role, database and pg_hba.conf"),
    Entrance(
      role: "guarded", status: 77,
      words:
        "fe_sendauth: no password supplied; put the password into ~/.pgpass, PGPASSWORD or a service file"),
    Entrance(
      role: "rejected", status: 77,
      words: """
        FATAL: pg_hba.conf rejects connection for host "[local]", user "rejected", database "postgres", \
        no encryption; check role, database and pg_hba.conf
        """),
    Entrance(
      role: "unlisted", status: 77,
      words: """
        FATAL: no pg_hba.conf entry for host "[local]", user "unlisted", database "postgres", \
        no encryption; check role, database and pg_hba.conf
        """),
    Entrance(
      role: "nobody_of_that_name", status: 77,
      words: "FATAL: role \"nobody_of_that_name\" does not exist; check role, database and pg_hba.conf"),
    Entrance(
      role: "postgres", database: "no_such_database", status: 69,
      words: "FATAL: database \"no_such_database\" does not exist; check role, database and pg_hba.conf"),
    Entrance(
      role: "ordinary", database: "private", status: 77,
      words:
        "FATAL: permission denied for database \"private\" DETAIL: User does not have CONNECT privilege.; "
        + "check role, database and pg_hba.conf"),
    Entrance(
      role: "ordinary", database: "closed", status: 69,
      words:
        "FATAL: database \"closed\" is not currently accepting connections; check role, database and pg_hba.conf"
    ),
    Entrance(
      role: "lonely", status: 75, words: "FATAL: too many connections for role \"lonely\"; try again"),
    Entrance(
      role: "ordinary", database: "narrow", status: 75,
      words: "FATAL: too many connections for database \"narrow\"; try again"),
  ]

  @Test func tellsWhoIsNotLetIn() async throws {
    try await SelectiveServer.with { server in
      for entrance in Self.entrances {
        var end = SessionEnd(connection: [
          "-h", server.socketDirectory, "-U", entrance.role, "-d", entrance.database,
        ])
        end.environment = entrance.password.map { ["PGPASSWORD": $0] } ?? [:]
        let ended = try await end.run()
        ended.failed(
          entrance.status,
          """
          plandx: no connection: connection to server on socket "\(server.socketDirectory)/.s.PGSQL.5432" \
          failed: \(entrance.words)
          """)
      }
    }
  }

  /// Five connections, three of them kept for superusers.
  @Test func tellsThatNoConnectionIsLeft() async throws {
    try await SelectiveServer.with(settings: ["max_connections": "5"]) { server in
      let database = ThrowawayDatabase(server: server, name: "postgres")
      let failed = "connection to server on socket \"\(server.socketDirectory)/.s.PGSQL.5432\" failed"
      var holders: [Task<Void, Never>] = []
      // Who is not let in at once, because somebody else is, tries again.
      func hold(_ count: Int) {
        for _ in 0..<count {
          holders.append(
            Task { while !Task.isCancelled { _ = try? await database.run(sql: "SELECT pg_sleep(60)") } })
        }
      }
      hold(2)
      try await Activity.wait(on: database) {
        "(SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep') = 2"
      }
      try await SessionEnd(connection: ["-h", server.socketDirectory, "-U", "ordinary", "-d", "postgres"])
        .run()
        .failed(
          75,
          """
          plandx: no connection: \(failed): FATAL: remaining connection slots are reserved for \
          non-replication superuser connections; try again
          """)
      try await SessionEnd(on: database, sql: "SELECT 1").run().succeeded()
      hold(3)
      let full = try await Postmaster(of: server).untilItRefuses {
        try await SessionEnd(on: database, sql: "SELECT 1").run()
      }
      full.failed(75, "plandx: no connection: \(failed): FATAL: sorry, too many clients already; try again")
      for holder in holders { holder.cancel() }
      await server.stop()
      for holder in holders { await holder.value }
    }
  }

  // MARK: Rights

  @Test(arguments: [
    ("SELECT * FROM orders", "permission denied for table orders"),
    ("SELECT * FROM hidden.secrets", "permission denied for schema hidden"),
    ("SELECT pg_read_file('PG_VERSION')", ""),
    ("SELECT * FROM pg_authid", "permission denied for table pg_authid"),
    ("UPDATE orders SET status = 'x'", "permission denied for table orders"),
  ])
  func tellsWhichRightIsMissing(_ sql: String, _ words: String) async throws {
    let database = try await Rights.database()
    var end = SessionEnd(connection: Rights.options(database, role: "rights_stranger"), sql: sql)
    end.old = nil
    let ended = try await end.run()
    if words.isEmpty {
      #expect(ended.run.status == 65)
      #expect(ended.run.firstError.contains("function pg_catalog.pg_read_file is rejected"))
    } else {
      ended.failed(77, "plandx: the server says: ERROR: \(words) (SQLSTATE 42501)")
    }
    try await Activity.waitForNone(in: database)
  }

  /// The statement itself would run.
  @Test func saysWhatTheSelectReadsAndTheStatementNeedNot() async throws {
    let database = try await SharedServer.shared.makeDatabase(
      script: """
        CREATE TABLE columns_only (id int, a int);
        CREATE ROLE columns_clerk LOGIN; GRANT SELECT (id, a), UPDATE (a) ON columns_only TO columns_clerk;
        """)
    let end = SessionEnd(
      connection: Rights.options(database, role: "columns_clerk"),
      sql: "UPDATE columns_only SET a = 1 WHERE id = 5")
    let ended = try await end.run()
    ended.failed(
      77, "plandx: the server says: ERROR: permission denied for table columns_only (SQLSTATE 42501)")
    #expect(
      ended.run.errors.contains(
        "\nThe SELECT that stands for the UPDATE reads ctid, which needs SELECT on the whole table "))
    let read = SessionEnd(
      connection: Rights.options(database, role: "columns_clerk"), sql: "SELECT ctid FROM columns_only")
    #expect(try await !read.run().run.errors.contains("stands for"))
  }

  @Test func tellsThatAFunctionMayNotBeCalled() async throws {
    let database = try await Rights.database()
    let end = SessionEnd(
      connection: Rights.options(database, role: "rights_stranger"), sql: "SELECT hidden_function()",
      options: ["--allow-function", "public.hidden_function"])
    try await end.run().failed(
      77, "plandx: the server says: ERROR: permission denied for function hidden_function (SQLSTATE 42501)")
  }

  @Test func tellsThatARoleMayNotBeTaken() async throws {
    let database = try await Rights.database()
    let end = SessionEnd(
      connection: Rights.options(database, role: "rights_stranger"), sql: "SELECT 1",
      options: ["--role", "postgres"])
    try await end.run().failed(
      77, "plandx: the server says: ERROR: permission denied to set role \"postgres\" (SQLSTATE 42501)")
  }

  /// The clerk may read a view, but not the table behind it.
  @Test func namesTheStatisticsThatTheRoleMayNotSee() async throws {
    let database = try await Rights.database()
    let end = SessionEnd(
      connection: Rights.options(database, role: "rights_clerk"),
      sql: "SELECT * FROM order_list o JOIN customers c ON c.id = o.customer_id WHERE c.id < 100")
    let ended = try await end.run()
    ended.succeeded()
    let text = try #require(ended.text)
    #expect(text.contains("- column statistics of public.orders: pg_stats hides the statistics"))
    #expect(
      text.contains("- row count and selectivities of public.orders: permission denied for table orders"))
    #expect(text.contains("| `public.customers` | all rows | 2,000 | 100% |"))
    #expect(!text.contains("- column statistics of public.customers"))
    #expect(!text.contains("never analyzed"))
  }

  /// What one catalog view refuses is missing; the rest is there.
  @Test(arguments: [
    ("pg_stats", "column statistics (pg_stats)"),
    ("pg_stat_all_tables", "activity counters (pg_stat_all_tables)"),
    ("pg_settings", "settings that bear on the plan"),
  ])
  func namesTheCatalogThatTheRoleMayNotRead(_ view: String, _ missing: String) async throws {
    let database = try await Shop.copy()
    let role = "reader_without_\(view)"
    try await database.run(
      sql: """
        CREATE ROLE \(role) LOGIN; GRANT SELECT ON customers, orders TO \(role);
        REVOKE SELECT ON pg_catalog.\(view) FROM PUBLIC
        """)
    let ended = try await SessionEnd(connection: Rights.options(database, role: role), sql: Shop.join).run()
    ended.succeeded()
    let text = try #require(ended.text)
    #expect(text.contains("- \(missing): permission denied for "))
    #expect(text.contains("| `public.orders` | all rows | 20,000 | 100% |"))
    #expect(!text.contains("never analyzed"))
    try await Activity.waitForNone(in: database)
  }

  // MARK: Locks and limits

  @Test func givesUpOnALockThatAnotherSessionHolds() async throws {
    let database = try await SharedServer.shared.makeDatabase(script: "CREATE TABLE t (i int)")
    try await Holder.with("BEGIN; LOCK TABLE t", in: database) {
      // The default of 4 s is the same code; a test has no time for it.
      let end = SessionEnd(on: database, sql: "SELECT * FROM t", options: ["--set", "lock_timeout=200ms"])
      let ended = try await end.run()
      ended.failed(
        75,
        "plandx: the server says: ERROR: canceling statement due to lock timeout (SQLSTATE 55P03); try again")
      #expect(ended.run.errors.hasSuffix("\nLINE 1: SELECT * FROM t\n                      ^\n"))
    }
  }

  /// Admission asks the catalog, which DDL may hold.
  @Test func givesUpOnALockOfTheCatalog() async throws {
    let database = try await SharedServer.shared.makeDatabase(
      script: "CREATE TABLE t (i int); CREATE VIEW v AS SELECT lower(i::text) FROM t")
    try await Holder.with("BEGIN; LOCK TABLE pg_catalog.pg_policy", in: database) {
      let end = SessionEnd(on: database, sql: "SELECT * FROM v", options: ["--set", "lock_timeout=200ms"])
      let ended = try await end.run()
      #expect(ended.run.status == 75)
      #expect(
        ended.run.firstError
          == "plandx: the server says: ERROR: canceling statement due to lock timeout (SQLSTATE 55P03); try again"
      )
      #expect(ended.text == ended.old)
    }
  }

  @Test(arguments: [
    ("30", "the capture timed out after 0.2s, so nothing is run again."),
    ("0.1", "original query execution time (over 0.2s, capture timed out) exceeds 0.1-second threshold."),
  ])
  func makesAReportFromEstimatesWhenTheTimeIsOver(_ limit: String, _ reason: String) async throws {
    let database = try await Shop.copy()
    let end = SessionEnd(
      on: database, sql: "SELECT pg_sleep(60) FROM customers c JOIN orders o ON o.customer_id = c.id",
      options: ["--timeout", "0.2", "--experiment-limit", limit])
    let ended = try await end.run()
    ended.succeeded()
    let text = try #require(ended.text)
    #expect(text.contains("**Estimates only.** The statement was stopped after 0.2s (`--timeout`)."))
    #expect(text.contains("GUC experimentation skipped — \(reason)"))
    #expect(text.contains("| `public.customers` | all rows | 2,000 | 100% |"))
    try await Activity.waitForNone(in: database)
  }

  /// Without any plan there is nothing to report; and a lock is not waited for longer than the statement may take.
  @Test func givesUpWhenTheTimeIsOverBeforeThereIsAPlan() async throws {
    let database = try await SharedServer.shared.makeDatabase(script: "CREATE TABLE t (i int)")
    try await Holder.with("BEGIN; LOCK TABLE t", in: database) {
      let ended = try await SessionEnd(
        on: database, sql: "SELECT * FROM t", options: ["--timeout", "0.2"]
      ).run()
      ended.failed(
        75,
        "plandx: the server says: ERROR: canceling statement due to lock timeout (SQLSTATE 55P03); try again")
    }
  }

  /// A role's own limits are for the application; the run has its own.
  @Test func isNotBoundByTheRolesOwnStatementTimeout() async throws {
    let database = try await SharedServer.shared.makeDatabase(
      script: "CREATE ROLE hasty LOGIN; ALTER ROLE hasty SET statement_timeout = '50ms'")
    let end = SessionEnd(connection: Rights.options(database, role: "hasty"), sql: "SELECT pg_sleep(0.2)")
    try await end.run().succeeded()
  }
}

/// A session that holds something for as long as a body runs.
enum Holder {
  static func with(_ sql: String, in database: ThrowawayDatabase, _ body: () async throws -> Void)
    async throws
  {
    let holder = Task { try await database.run(sql: "\(sql); SELECT pg_sleep(60)") }
    try await Activity.wait(on: database) { "query LIKE '%pg_sleep(60)%' AND wait_event = 'PgSleep'" }
    try await body()
    try await Activity.waitForNone(in: database)
    try await Activity.terminate(in: database)
    _ = try? await holder.value
  }
}

/// A server of its own that turns some away.
enum SelectiveServer {
  private static let doors = """
    local all guarded scram-sha-256
    local all rejected reject
    local all postgres trust
    local all ordinary,lonely,nobody_of_that_name trust

    """

  private static let script = """
    CREATE ROLE guarded LOGIN PASSWORD 'correct horse';
    CREATE ROLE rejected LOGIN; CREATE ROLE unlisted LOGIN; CREATE ROLE ordinary LOGIN;
    CREATE ROLE lonely LOGIN CONNECTION LIMIT 0;
    CREATE DATABASE private; REVOKE CONNECT ON DATABASE private FROM PUBLIC;
    CREATE DATABASE closed ALLOW_CONNECTIONS false;
    CREATE DATABASE narrow CONNECTION LIMIT 0;
    """

  static func with(settings: [String: String] = [:], _ body: (ThrowawayServer) async throws -> Void)
    async throws
  {
    try await Scratch.withFolder { folder in
      let doors = try folder.file("pg_hba.conf", doors.utf8)
      let settings = settings.merging(["hba_file": doors]) { $1 }
      try await ThrowawayServer.withServer(settings: settings) { server in
        for statement in script.split(separator: ";") where statement.contains(" ") {
          try await server.run(sql: String(statement))
        }
        try await body(server)
      }
    }
  }
}

/// A shop in which not everybody may read everything.
enum Rights {
  private static let made = Task {
    let database = try await Shop.copy()
    try await database.run(sql: script)
    return database
  }

  static func database() async throws -> ThrowawayDatabase { try await made.value }

  static func options(_ database: ThrowawayDatabase, role: String) -> [String] {
    ["-d", database.connectionString.replacing("user=postgres", with: "user=\(role)")]
  }

  private static let script = """
    CREATE VIEW order_list AS SELECT id, customer_id FROM orders WHERE status = 'open';
    CREATE SCHEMA hidden; CREATE TABLE hidden.secrets (i int);
    CREATE FUNCTION hidden_function() RETURNS int LANGUAGE sql STABLE AS 'SELECT 1';
    REVOKE EXECUTE ON FUNCTION hidden_function FROM PUBLIC;
    CREATE ROLE rights_stranger LOGIN;
    CREATE ROLE rights_clerk LOGIN;
    GRANT SELECT ON customers, order_list TO rights_clerk;
    """
}

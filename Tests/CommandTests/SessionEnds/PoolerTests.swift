import Foundation
import Testing

@testable import ThrowawayServer

/// PgBouncer, which lends a server's sessions for one transaction at a time.
@Suite struct PoolerTests {
  private static func withPooler(
    mode: String = "transaction", settings: [String] = [],
    _ body: (ThrowawayDatabase, Pooler, SessionEnd) async throws -> Void
  ) async throws {
    let database = try await Shop.copy()
    let pooler = try await Pooler(before: database.server, mode: mode, settings: settings)
    defer { pooler.stop() }
    let connection = ["-d", pooler.connectionString(database: database.name)]
    try await body(database, pooler, SessionEnd(connection: connection, sql: Shop.join))
  }

  /// All that a statement can leave behind in the one session that everybody is lent.
  private static let remains = """
    SELECT pg_backend_pid(), (SELECT count(*) FROM pg_prepared_statements), (SELECT count(*) FROM pg_cursors),
      (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'), current_user,
      (SELECT array_agg(name ORDER BY name) FROM pg_settings WHERE source = 'session' AND name NOT IN
        ('application_name', 'client_encoding', 'DateStyle', 'TimeZone', 'standard_conforming_strings')),
      (SELECT count(*) FROM pg_listening_channels()), current_setting('search_path')
    """

  @Test func makesTheSameReportAndLeavesNothingInTheSession() async throws {
    try await Self.withPooler { database, pooler, end in
      let before = try await pooler.run(sql: Self.remains, database: database.name)
      let options = ["--search-path", "public, pg_temp", "--set", "work_mem=8MB", "--role", "postgres"]
      var (pooled, direct) = (end, SessionEnd(on: database, sql: Shop.join))
      (pooled.options, direct.options) = (options, options)
      let ended = try await pooled.run()
      ended.succeeded()
      #expect(try await pooler.run(sql: Self.remains, database: database.name) == before)
      let text = try #require(ended.text)
      #expect(text.contains("| Connection pooler | yes: each transaction may get another session"))
      let directText = try #require(try await direct.run().text)
      #expect(Self.headings(text) == Self.headings(directText))
    }
  }

  /// What a report is about, apart from its figures.
  private static func headings(_ text: String) -> [String] {
    text.split(separator: "\n").filter { $0.hasPrefix("#") }.map { line in
      String(line.filter { !$0.isNumber && $0 != "." && $0 != "," })
    }
  }

  /// Whoever had a session before leaves a search path or temporary objects in which other functions bear the
  /// names of the server's own.
  @Test(arguments: [
    "SET search_path = hostile, pg_catalog, public",
    "CREATE TEMP VIEW orders AS SELECT hostile.lower('x') AS id",
  ])
  func runsNothingThatAnotherClientHasPrepared(_ preparation: String) async throws {
    try await Self.withPooler(settings: ["default_pool_size = 2", "server_round_robin = 1"]) {
      database, pooler, end in
      try await database.run(
        sql: """
          CREATE SCHEMA hostile;
          CREATE FUNCTION hostile.lower(text) RETURNS text LANGUAGE sql AS 'SELECT pg_advisory_lock(4711)::text';
          """)
      let holder = Task { try await pooler.run(sql: "SELECT pg_sleep(1)", database: database.name) }
      try await Activity.wait(on: database) { "wait_event = 'PgSleep'" }
      // The second of the pool's two sessions, while the first is held.
      _ = try await pooler.run(sql: preparation, database: database.name)
      _ = try await holder.value
      var end = end
      end.sql = "SELECT id, lower('X') FROM orders WHERE id = 5"
      // Whichever session admission and the plans get: half of the runs begin in the second.
      for _ in 0..<4 {
        let ended = try await end.run()
        #expect(ended.run.status == 0 || ended.run.firstError.contains("function hostile.lower is rejected"))
        let locks = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
        #expect(try await database.run(sql: locks).hasPrefix("0"))
      }
    }
  }

  @Test func cancelsThroughIt() async throws {
    try await Self.withPooler { database, pooler, end in
      var end = end
      end.sql = "SELECT pg_sleep(60)"
      let ended = try await end.run { invocation in
        try await Activity.waitForAnalyze(on: database)
        kill(invocation.process, SIGINT)
      }
      ended.failed(130, SignalTests.interrupted)
      try await Activity.wait(on: database) { "state = 'idle'" }
      #expect(try await Activity.count(in: database, where: "state <> 'idle'") == 0)
      #expect(try await pooler.run(sql: "SELECT 1", database: database.name) == "1\n")
    }
  }

  @Test func cancelsWhileItWaitsForASession() async throws {
    try await Self.withPooler { database, pooler, end in
      let holder = Task { try await pooler.run(sql: "SELECT pg_sleep(60)", database: database.name) }
      try await Activity.wait(on: database) { "wait_event = 'PgSleep'" }
      let ended = try await end.run { invocation in
        for _ in 0..<200 where try await !Self.hasWaitingClient(pooler) {
          try await Task.sleep(for: .milliseconds(20))
        }
        kill(invocation.process, SIGINT)
      }
      ended.failed(130, SignalTests.closed)
      try await Activity.terminate(in: database)
      _ = try? await holder.value
    }
  }

  private static func hasWaitingClient(_ pooler: Pooler) async throws -> Bool {
    try await pooler.run(sql: "SHOW CLIENTS", database: "pgbouncer").contains("|waiting|")
  }

  @Test func tellsThatThePoolIsExhausted() async throws {
    try await Self.withPooler(settings: ["query_wait_timeout = 1"]) { database, pooler, end in
      let holder = Task { try await pooler.run(sql: "SELECT pg_sleep(60)", database: database.name) }
      try await Activity.wait(on: database) { "wait_event = 'PgSleep'" }
      try await end.run().failed(
        75, "plandx: the server says: FATAL: query_wait_timeout (SQLSTATE 08P01); try again")
      try await Activity.terminate(in: database)
      _ = try? await holder.value
    }
  }

  @Test func tellsThatItWillHaveNoMoreClients() async throws {
    try await Self.withPooler(settings: ["max_client_conn = 1"]) { database, pooler, end in
      let holder = Task { try await pooler.run(sql: "SELECT pg_sleep(60)", database: database.name) }
      try await Activity.wait(on: database) { "wait_event = 'PgSleep'" }
      let ended = try await end.run()
      #expect(ended.run.status == 69)
      #expect(ended.run.firstError.contains("no more connections allowed (max_client_conn)"))
      #expect(ended.text == ended.old)
      try await Activity.terminate(in: database)
      _ = try? await holder.value
    }
  }

  @Test func tellsThatATransactionIsNotToBeHad() async throws {
    try await Self.withPooler(mode: "statement") { _, _, end in
      let ended = try await end.run()
      ended.failed(
        69,
        """
        plandx: the server says: FATAL: transaction blocks not allowed in statement pooling mode \
        (SQLSTATE 08P01); use a pool in transaction mode, or the server itself
        """)
    }
  }
}

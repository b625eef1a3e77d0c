import Foundation
import Testing

@testable import ThrowawayServer

/// A server that ends a session, or itself.
@Suite struct ServerTests {
  @Test func tellsThatItsBackendWasTerminated() async throws {
    let database = try await SharedServer.shared.makeDatabase()
    let ended = try await SessionEnd(on: database).run { _ in
      try await Activity.waitForAnalyze(on: database)
      try await Activity.terminate(in: database)
    }
    ended.failed(
      75,
      """
      plandx: the server says: FATAL: terminating connection due to administrator command (SQLSTATE 57P01); \
      try again
      """)
    try await Activity.waitForNone(in: database)
  }

  @Test func tellsThatItsStatementWasCancelledByAnother() async throws {
    let database = try await SharedServer.shared.makeDatabase()
    let ended = try await SessionEnd(on: database).run { _ in
      try await Activity.waitForAnalyze(on: database)
      try await database.run(
        sql:
          "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE datname = '\(database.name)' AND query LIKE 'EXPLAIN (ANALYZE%'"
      )
    }
    ended.failed(
      75,
      """
      plandx: the server says: ERROR: canceling statement due to user request (SQLSTATE 57014); \
      try again or raise --timeout
      """)
  }

  /// Evidence that was refused leaves a gap; a session that was ended leaves none to fill.
  @Test(arguments: ["pg_stat_all_tables", "count(*) FILTER", "enable_hashjoin"])
  func endsWhenTheSessionIsLostAfterTheCapture(_ trigger: String) async throws {
    let database = try await Shop.copy()
    try await CuttableProxy.with(database.server, cuttingAt: trigger) { proxy in
      let end = SessionEnd(connection: proxy.options(database), sql: Shop.join)
      let ended = try await end.run { _ in
        try await proxy.waitUntilCut()
        proxy.stop()
      }
      ended.failed(
        75, "plandx: the connection was lost: server closed the connection unexpectedly; try again")
    }
  }

  @Test(arguments: [
    (ThrowawayServer.ShutdownMode.fast, "FATAL: terminating connection due to administrator command"),
    (.immediate, "WARNING: terminating connection due to immediate shutdown command"),
  ])
  func tellsThatItsServerStops(_ mode: ThrowawayServer.ShutdownMode, _ words: String) async throws {
    let server = try await ThrowawayServer.start()
    let database = ThrowawayDatabase(server: server, name: "postgres")
    let ended = try await SessionEnd(on: database).run { _ in
      try await Activity.waitForAnalyze(on: database)
      await server.stop(mode)
    }
    ended.failed(75, "plandx: the server says: \(words) (SQLSTATE 57P01); try again")
  }

  /// The server takes no new sessions while it waits for old ones, and ends at last without any.
  @Test func tellsThatItsServerTakesNoNewSessions() async throws {
    let server = try await ThrowawayServer.start()
    let database = ThrowawayDatabase(server: server, name: "postgres")
    let old = try Invocation(["analyze", "-d", database.connectionString, "SELECT pg_sleep(60)"])
    try await Activity.waitForAnalyze(on: database)
    let postmaster = try Postmaster(of: server)
    kill(postmaster.pid, SIGTERM)
    let ended = try await postmaster.untilItRefuses {
      try await SessionEnd(on: database, sql: "SELECT 1").run()
    }
    ended.failed(
      75,
      """
      plandx: no connection: connection to server on socket "\(server.socketDirectory)/.s.PGSQL.5432" failed: \
      FATAL: the database system is shutting down; try again
      """)
    kill(old.process, SIGINT)
    #expect(try await old.end().status == 130)
    await server.stop()
  }

  /// One backend is killed, and the server ends all others before it recovers.
  @Test func tellsThatItsServerCrashed() async throws {
    let server = try await ThrowawayServer.start()
    let database = ThrowawayDatabase(server: server, name: "postgres")
    let victim = Task { try? await database.run(sql: "SELECT pg_sleep(60) AS victim") }
    let ended = try await SessionEnd(on: database).run { _ in
      try await Activity.waitForAnalyze(on: database)
      try await Activity.wait(on: database) { "query LIKE '%AS victim%' AND state = 'active'" }
      let pid = try await database.run(
        sql: "SELECT pid FROM pg_stat_activity WHERE query LIKE '%AS vic' || 'tim'")
      kill(try #require(pid_t(pid.dropLast())), SIGKILL)
    }
    ended.failed(
      75,
      """
      plandx: the server says: WARNING: terminating connection because of crash of another server process \
      (SQLSTATE 57P02); try again
      """)
    _ = await victim.value
    await server.stop()
  }

  @Test func tellsThatItsOwnBackendCrashed() async throws {
    let server = try await ThrowawayServer.start()
    let database = ThrowawayDatabase(server: server, name: "postgres")
    let ended = try await SessionEnd(on: database).run { _ in
      try await Activity.waitForAnalyze(on: database)
      try await Backends.signal(SIGKILL, in: database)
    }
    ended.failed(75, "plandx: the connection was lost: server closed the connection unexpectedly; try again")
    await server.stop()
  }
}

/// The server's first process.
struct Postmaster {
  let pid: pid_t

  init(of server: ThrowawayServer) throws {
    let text = try String(contentsOfFile: "\(server.dataDirectory)/postmaster.pid", encoding: .utf8)
    pid = try #require(pid_t(text.prefix { $0.isNumber }))
  }

  /// A signal takes its time: runs something until it fails.
  func untilItRefuses(_ body: () async throws -> Ended) async throws -> Ended {
    for _ in 0..<50 {
      let ended = try await body()
      if ended.run.status != 0 { return ended }
      try await Task.sleep(for: .milliseconds(20))
    }
    return try await body()
  }
}

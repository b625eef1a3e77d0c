import Foundation
import Testing

@testable import ThrowawayServer

/// A hot standby, where recovery goes before queries.
@Suite struct StandbyTests {
  @Test func givesWayToRecoveryOnceAndThenTellsIt() async throws {
    let primary = try await ThrowawayServer.start()
    try await primary.run(sql: Self.script)
    let standby = try await Standby(of: primary)
    try await standby.catchUp(with: primary)
    try await Self.makesItsReport(primary, standby)
    try await Self.isRunAgainAfterVacuum(primary, standby)
    try await Self.isRunAgainAfterALock(primary, standby)
    try await Self.endsWhenRecoveryWinsTwice(primary, standby)
    standby.stop()
    await primary.stop()
  }

  private static let script = """
    CREATE TABLE t (id int PRIMARY KEY, kind int NOT NULL);
    INSERT INTO t SELECT i, i % 5 FROM generate_series(1, 20000) i;
    ANALYZE t;
    INSERT INTO t SELECT i, 7 FROM generate_series(20001, 60000) i;
    """

  private static func end(_ standby: Standby, _ sql: String, changes: String? = nil) -> SessionEnd {
    var end = SessionEnd(connection: ["-d", standby.connectionString(database: "postgres")], sql: sql)
    end.changes = changes
    return end
  }

  /// Its own activity counters know of no ANALYZE; the catalog, which is the primary's, does.
  private static func makesItsReport(_ primary: ThrowawayServer, _ standby: Standby) async throws {
    let sql = "SELECT a.id FROM t a JOIN t b ON b.id = a.id WHERE a.kind = 7"
    let ended = try await end(standby, sql).run()
    ended.succeeded()
    let text = try #require(ended.text)
    #expect(text.contains(", hot standby"))
    #expect(text.contains("- last ANALYZE and VACUUM, dead and modified rows: this is a hot standby, whose"))
    #expect(!text.contains("never analyzed"))
    #expect(!text.contains("no ANALYZE recorded"))
    #expect(text.contains("when it was last analyzed is not known"))
    // The primary's own answer, for comparison.
    let own = try await SessionEnd(connection: ["-d", primary.connectionString], sql: sql).run()
    #expect(try #require(own.text).contains("last analyzed "))
  }

  /// Sleeps for as long as a row is there, so that only the second run comes to an end.
  private static func sleeps(while id: Int) -> String {
    "SELECT pg_sleep(CASE WHEN EXISTS (SELECT FROM t WHERE id = \(id)) THEN 60 ELSE 0 END)"
  }

  private static func waitForAnalyze(_ standby: Standby, after last: String = "-infinity") async throws
    -> String
  {
    let condition = "query LIKE 'EXPLAIN (ANALYZE%' AND wait_event = 'PgSleep' AND xact_start > '\(last)'"
    try await standby.wait(until: "count(*) > 0 FROM pg_stat_activity WHERE \(condition)")
    return String(
      try await standby.run(sql: "SELECT max(xact_start) FROM pg_stat_activity WHERE \(condition)").dropLast()
    )
  }

  private static func isRunAgainAfterVacuum(_ primary: ThrowawayServer, _ standby: Standby) async throws {
    let ended = try await end(standby, sleeps(while: 60000), changes: "rows of t").run { _ in
      _ = try await waitForAnalyze(standby)
      try await primary.run(sql: "DELETE FROM t WHERE id > 59000")
      try await primary.run(sql: "VACUUM t")
    }
    ended.succeeded()
    #expect(try await conflicts(standby, "confl_snapshot") == 1)
  }

  private static func isRunAgainAfterALock(_ primary: ThrowawayServer, _ standby: Standby) async throws {
    let ended = try await end(standby, sleeps(while: 1), changes: "a row of t").run { _ in
      _ = try await waitForAnalyze(standby)
      // There before the lock is: the second run's snapshot must not be older.
      try await primary.run(sql: "DELETE FROM t WHERE id = 1")
      try await standby.catchUp(with: primary)
      try await primary.run(sql: "BEGIN; LOCK TABLE t; COMMIT")
    }
    ended.succeeded()
    #expect(try await conflicts(standby, "confl_lock") == 1)
  }

  private static func endsWhenRecoveryWinsTwice(_ primary: ThrowawayServer, _ standby: Standby) async throws {
    let ended = try await end(standby, sleeps(while: 2)).run { _ in
      let first = try await waitForAnalyze(standby)
      try await primary.run(sql: "BEGIN; LOCK TABLE t; COMMIT")
      _ = try await waitForAnalyze(standby, after: first)
      try await primary.run(sql: "BEGIN; LOCK TABLE t; COMMIT")
    }
    ended.failed(
      75,
      """
      plandx: the server says: ERROR: canceling statement due to conflict with recovery (SQLSTATE 40001); \
      try again
      """)
    #expect(
      ended.run.errors.hasSuffix("\nDETAIL: User was holding a relation lock for too long.\n"))
    try await standby.wait(
      until: "count(*) = 0 FROM pg_stat_activity WHERE application_name LIKE 'plandx/%'")
  }

  private static func conflicts(_ standby: Standby, _ column: String) async throws -> Int? {
    let sql =
      "SELECT pg_stat_clear_snapshot(), \(column) FROM pg_stat_database_conflicts WHERE datname = 'postgres'"
    return Int(try await standby.run(sql: sql).dropFirst().dropLast())
  }
}

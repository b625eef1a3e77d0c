import Catalog
import Testing
import ThrowawayServer

@testable import Postgres

@Suite struct TransactionTests {
  @Test(arguments: [
    "INSERT INTO t VALUES (1)", "CREATE TABLE u ()", "SELECT nextval('s')", "SELECT * FROM t FOR UPDATE",
  ])
  func refusesWrites(_ sql: String) async throws {
    let session = try await makeSession(script: "CREATE TABLE t (i int); CREATE SEQUENCE s")
    let caught = await #expect(throws: PostgresError.self) {
      try await session.transaction(.ordinary) { transaction throws(PostgresError) in
        _ = try await transaction.query(sql)
      }
    }
    #expect(try serverError(caught).sqlState == .readOnlyTransaction)
    #expect(await session.isIdle)
  }

  @Test func setsLimitsAndSettingsForItsOwnTimeOnly() async throws {
    let session = try await makeSession(script: "CREATE ROLE reader_of_limits")
    let names = [
      "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout",
      "client_connection_check_interval", "transaction_isolation", "transaction_read_only", "work_mem",
      "role", "search_path",
    ]
    let inside = TransactionSettings(
      statementTimeout: .milliseconds(90_500),
      settings: [
        .init("work_mem", "64kB"), .init("search_path", "a, \"b c\""), .init("role", "reader_of_limits"),
      ])
    let values = try await session.transaction(inside) { transaction throws(PostgresError) in
      try await transaction.queryAll(names.map { Statement("SHOW \($0)") }).map { $0[0][0] }
    }
    #expect(
      values == [
        "90500ms", "4s", "10s", "2s", "repeatable read", "on", "64kB", "reader_of_limits", "a, \"b c\"",
      ])
    #expect(try await session.query("SHOW statement_timeout")[0][0] == "0")
    #expect(try await session.query("SHOW role")[0][0] == "none")
  }

  @Test func takesTwoRoundTripsBesideItsBody() async throws {
    let session = try await makeSession()
    try await session.transaction(.ordinary) { _ throws(PostgresError) in }
    #expect(await session.roundTrips == 2)
  }

  @Test func leavesTimeoutsToTheClientWhereTheEngineCannotKeepThem() {
    let settings = TransactionSettings(
      statementTimeout: .seconds(3), settings: [.init("enable_seqscan", "off")], engine: .dsql)
    #expect(
      settings.opening == [
        "BEGIN TRANSACTION READ ONLY",
        Statement("SELECT pg_catalog.set_config($1, $2, true)", parameters: ["enable_seqscan", "off"]),
      ])
    #expect(settings.clientTimeout == .seconds(3))
  }

  @Test func neverTurnsATimeoutOff() {
    let opening = TransactionSettings(statementTimeout: .zero).opening
    #expect(opening[1].parameters == ["statement_timeout", "1ms"])
  }

  @Test func rollsBackAfterItsBodyAndAfterAnError() async throws {
    let session = try await makeSession()
    try await session.transaction(.ordinary) { transaction throws(PostgresError) in
      _ = try await transaction.query("SELECT 1")
    }
    #expect(await session.isIdle)
    await #expect(throws: PostgresError.self) {
      try await session.transaction(.ordinary) { transaction throws(PostgresError) in
        _ = try await transaction.query("SELECT 1/0")
      }
    }
    #expect(await session.isIdle)
  }

  @Test func rollsBackWhenASettingIsRefused() async throws {
    let session = try await makeSession()
    var wrong = TransactionSettings.ordinary
    wrong.settings = [.init("work_mem", "a lot")]
    let caught = await #expect(throws: PostgresError.self) {
      try await session.transaction(wrong) { _ throws(PostgresError) in }
    }
    #expect(try serverError(caught).message == "invalid value for parameter \"work_mem\": \"a lot\"")
    #expect(await session.isIdle)
  }

  @Test func reportsTheFirstErrorAndNotThatTheTransactionFailed() async throws {
    let session = try await makeSession()
    let caught = await #expect(throws: PostgresError.self) {
      try await session.transaction(.ordinary) { transaction throws(PostgresError) in
        _ = try await transaction.queryAll(["SELECT 1/0", "SELECT 1"])
      }
    }
    #expect(try serverError(caught).sqlState.rawValue == "22012")
  }

  @Test func isNotNested() async throws {
    let session = try await makeSession()
    await #expect(throws: PostgresError.transactionInProgress) {
      try await session.transaction(.ordinary) { _ throws(PostgresError) in
        try await session.transaction(.ordinary) { _ throws(PostgresError) in }
      }
    }
    try await session.transaction(.ordinary) { _ throws(PostgresError) in }
  }

  @Test func reportsTheServersStatementTimeout() async throws {
    let session = try await makeSession()
    let settings = TransactionSettings(statementTimeout: .milliseconds(100))
    let caught = await #expect(throws: PostgresError.self) {
      try await session.transaction(settings) { transaction throws(PostgresError) in
        _ = try await transaction.query("SELECT pg_sleep(60)")
      }
    }
    let error = try serverError(caught)
    #expect(error.sqlState == .queryCanceled)
    #expect(error.message == "canceling statement due to statement timeout")
    #expect(await session.isIdle)
  }

  @Test func reportsALockThatItCouldNotGet() async throws {
    let database = try await SharedServer.shared.makeDatabase(script: "CREATE TABLE t (i int)")
    let holder = try await Session.connect(settings(database.connectionString))
    _ = try await holder.query("BEGIN")
    _ = try await holder.query("LOCK TABLE t")
    let session = try await Session.connect(settings(database.connectionString))
    var limits = TransactionSettings.ordinary
    limits.lockTimeout = .milliseconds(100)
    let caught = await #expect(throws: PostgresError.self) {
      try await session.transaction(limits) { transaction throws(PostgresError) in
        _ = try await transaction.query("SELECT * FROM t")
      }
    }
    #expect(try serverError(caught).sqlState == .lockNotAvailable)
    await holder.close()
  }

  @Test func reportsThatItLayIdleForTooLong() async throws {
    let session = try await makeSession()
    var limits = TransactionSettings.ordinary
    limits.idleTimeout = .milliseconds(100)
    let caught = await #expect(throws: PostgresError.self) {
      try await session.transaction(limits) { transaction throws(PostgresError) in
        try? await Task.sleep(for: .milliseconds(400))
        _ = try await transaction.query("SELECT 1")
      }
    }
    let error = try serverError(caught)
    #expect(error.sqlState == .idleInTransactionTimeout)
    #expect(error.severity == "FATAL")
    #expect(await !session.isOpen)
  }

  /// As when recovery on a standby, or a schema change on Aurora DSQL, goes first.
  @Test(arguments: [("40001", 2), ("40P01", 2), ("55P03", 1), ("22012", 1)])
  func isRunASecondTimeWhenItGaveWay(_ code: String, _ wanted: Int) async throws {
    let session = try await makeSession()
    var attempts = 0
    let caught = await #expect(throws: PostgresError.self) {
      try await session.transaction(.ordinary) { transaction throws(PostgresError) in
        attempts += 1
        _ = try await transaction.query("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '\(code)'; END $$")
      }
    }
    #expect(try serverError(caught).sqlState.rawValue == code)
    #expect(attempts == wanted)
    #expect(await session.isIdle)
  }
}

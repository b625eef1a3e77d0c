import Synchronization
import Testing
import ThrowawayServer

@testable import Postgres

@Suite struct SessionTests {
  @Test func readsTextValuesAndNulls() async throws {
    let session = try await makeSession()
    let rows = try await session.query(
      "SELECT i AS number, NULL::text AS nothing, '' AS empty, 'ä€😀' AS text FROM generate_series(1, 3) i")
    #expect(rows.columns == ["number", "nothing", "empty", "text"])
    #expect(rows.column("number") == ["1", "2", "3"])
    #expect(rows[2]["number", as: Int.self] == 3)
    #expect(rows[0]["nothing"] == nil)
    #expect(rows[0]["empty"] == "")
    #expect(rows[0]["text"] == "ä€😀")
    #expect(rows[0]["no_such_column"] == nil)
  }

  @Test func bindsParametersThroughTheProtocol() async throws {
    let session = try await makeSession()
    let rows = try await session.query(
      "SELECT $1::text AS text, $2::int IS NULL AS missing", parameters: ["'; DROP TABLE t; --", nil])
    #expect(rows[0]["text"] == "'; DROP TABLE t; --")
    #expect(rows[0].bool("missing") == true)
  }

  @Test func hasNoRowsForAStatementThatReturnsNone() async throws {
    let session = try await makeSession()
    #expect(try await session.query("SET work_mem = '1MB'").isEmpty)
    #expect(try await session.query("SELECT 1 WHERE false").columns == ["?column?"])
    #expect(try await session.query("").isEmpty)
  }

  @Test func keepsTheServersErrorInItsOwnWords() async throws {
    let session = try await makeSession()
    let caught = await #expect(throws: PostgresError.self) {
      try await session.query("SELECT 'ä', no_such_column")
    }
    let error = try serverError(caught)
    #expect(error.severity == "ERROR")
    #expect(error.sqlState.rawValue == "42703")
    #expect(error.message == "column \"no_such_column\" does not exist")
    #expect(error.position == 13)
    #expect(error.statementIndex == nil)
    #expect(try await session.query("SELECT 1").count == 1)
  }

  @Test func namesTheObjectsOfAnError() async throws {
    let session = try await makeSession(script: "CREATE TABLE t (i int CONSTRAINT positive CHECK (i > 0))")
    let caught = await #expect(throws: PostgresError.self) {
      try await session.query("INSERT INTO t VALUES (-1)")
    }
    let error = try serverError(caught)
    #expect(error.schemaName == "public")
    #expect(error.tableName == "t")
    #expect(error.constraintName == "positive")
    #expect(error.detail == "Failing row contains (-1).")
  }

  @Test func keepsTheInnerStatementOfAFunctionsError() async throws {
    let session = try await makeSession(
      script: """
        CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT x FROM nowhere); END'
        """)
    let caught = await #expect(throws: PostgresError.self) { try await session.query("SELECT f()") }
    let error = try serverError(caught)
    #expect(error.position == nil)
    #expect(error.internalQuery == "(SELECT x FROM nowhere)")
    #expect(error.internalPosition == 16)
    #expect(error.context == "PL/pgSQL function f() line 1 at RETURN")
  }

  @Test func refusesASecondStatementInOneMessage() async throws {
    let session = try await makeSession()
    let caught = await #expect(throws: PostgresError.self) {
      try await session.query("SELECT 1; SELECT 2")
    }
    #expect(try serverError(caught).message == "cannot insert multiple commands into a prepared statement")
  }

  @Test(arguments: [Statement("SELECT 1\0; DROP TABLE t"), Statement("SELECT $1", parameters: ["a\0b"])])
  func refusesTextThatTheProtocolWouldCutOff(_ statement: Statement) async throws {
    let session = try await makeSession()
    await #expect(throws: PostgresError.containsNUL) {
      try await session.query(statement.sql, parameters: statement.parameters)
    }
    await #expect(throws: PostgresError.containsNUL) { try await session.queryAll([statement]) }
  }

  @Test(arguments: ["COPY (SELECT 1) TO STDOUT", "COPY pg_am FROM STDIN"])
  func closesTheConnectionRatherThanHangInACopy(_ sql: String) async throws {
    let session = try await makeSession()
    await #expect(throws: PostgresError.notAQuery) { try await session.query(sql) }
    #expect(await !session.isOpen)
  }

  @Test func tellsEveryStatementAndItsTimeToTheLog() async throws {
    let told = Mutex<[String]>([])
    let log: StatementLog = { sql, time in
      let words =
        switch time {
        case .own(let duration): "alone \(duration > .zero)"
        case .inBatch: "with others"
        case .batch(let duration): "of all \(duration > .zero)"
        }
      told.withLock { $0.append("\(sql): \(words)") }
    }
    let session = try await makeSession(log: log)
    _ = try await session.query("SELECT 1")
    _ = try? await session.query("SELECT nonsense")
    _ = try await session.queryAll(["SELECT 2", "SELECT 3"])
    #expect(
      told.withLock { $0 } == [
        "SELECT 1: alone true", "SELECT nonsense: alone true", "SELECT 2: with others",
        "SELECT 3: of all true",
      ])
  }

  @Test func isNamedInTheServersActivityView() async throws {
    let session = try await makeSession(name: "1.2.3")
    #expect(try await session.query("SHOW application_name")[0][0] == "plandx/1.2.3")
  }

  @Test func reportsAKilledBackendWithTheServersLastWords() async throws {
    let session = try await makeSession()
    let pid = try await session.query("SELECT pg_backend_pid()")[0][0]
    let server = try await SharedServer.shared.server()
    try await server.run(sql: "SELECT pg_terminate_backend(\(try #require(pid)))")
    let caught = await #expect(throws: PostgresError.self) { try await session.query("SELECT pg_sleep(1)") }
    #expect(try serverError(caught).sqlState.rawValue == "57P01")
    #expect(await !session.isOpen)
    let again = await #expect(throws: PostgresError.self) { try await session.query("SELECT 1") }
    #expect(again == caught)
  }

  @Test(arguments: [ThrowawayServer.ShutdownMode.fast, .immediate])
  func reportsAServerThatStops(_ mode: ThrowawayServer.ShutdownMode) async throws {
    let server = try await ThrowawayServer.start()
    let session = try await Session.connect(settings(server.connectionString))
    let running = Task { try await session.query("SELECT pg_sleep(60)") }
    try await Task.sleep(for: .milliseconds(300))
    await server.stop(mode)
    let caught = await #expect(throws: PostgresError.self) { try await running.value }
    // At an immediate shutdown the backend's last word is a warning, and libpq's own follows.
    let error = try serverError(caught)
    #expect(error.sqlState.rawValue == "57P01")
    #expect(error.severity == (mode == .fast ? "FATAL" : "WARNING"))
    #expect(await !session.isOpen)
  }

  @Test func leavesNoBackendBehindWhenItIsDropped() async throws {
    do {
      let session = try await makeSession(name: "dropped")
      #expect(try await backends(named: "dropped") == "1\n")
      #expect(await session.isOpen)
    }
    for _ in 0..<100 where try await backends(named: "dropped") != "0\n" {
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(try await backends(named: "dropped") == "0\n")
  }

  @Test func doesNotBlockThePoolWhileManySessionsWait() async throws {
    let server = try await SharedServer.shared.server()
    let elapsed = try await ContinuousClock().measure {
      try await withThrowingTaskGroup { group in
        for _ in 0..<12 {
          group.addTask {
            let session = try await Session.connect(settings(server.connectionString))
            _ = try await session.query("SELECT pg_sleep(1)")
          }
        }
        try await group.waitForAll()
      }
    }
    // One after the other they take 12 seconds, and 2 at a time 6.
    #expect(elapsed < .seconds(5))
  }
}

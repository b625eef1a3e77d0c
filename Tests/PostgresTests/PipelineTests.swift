import Testing

@testable import Postgres

@Suite struct PipelineTests {
  @Test(arguments: [1, 5, 200]) func takesOneRoundTripForAnyNumberOfStatements(_ count: Int) async throws {
    let session = try await makeSession()
    let statements = (1...count).map { Statement("SELECT $1::int * 2", parameters: [String($0)]) }
    let answers = try await session.queryAll(statements)
    #expect(answers.map { $0[0][0] } == (1...count).map { String($0 * 2) })
    #expect(await session.roundTrips == 1)
  }

  @Test func carriesMoreThanTheSocketsBuffersHoldInBothDirections() async throws {
    let session = try await makeSession()
    let text = String(repeating: "x", count: 1_000_000)
    let statements = (1...20).map { _ in Statement("SELECT $1::text", parameters: [text]) }
    let answers = try await session.queryAll(statements)
    #expect(answers.map { $0[0][0]?.utf8.count } == Array(repeating: 1_000_000, count: 20))
  }

  @Test func saysWhichStatementFailedAndSkipsTheRest() async throws {
    let session = try await makeSession(script: "CREATE SEQUENCE s")
    let caught = await #expect(throws: PostgresError.self) {
      try await session.queryAll(["SELECT 1", "SELECT nonsense", "SELECT nextval('s')"])
    }
    let error = try serverError(caught)
    #expect(error.statementIndex == 1)
    #expect(error.position == 8)
    #expect(try await session.query("SELECT is_called FROM s")[0].bool("is_called") == false)
  }

  @Test func answersEachOfIndependentStatements() async throws {
    let session = try await makeSession()
    let answers = try await session.queryEach(["SELECT 1", "SELECT nonsense", "SELECT 3"])
    #expect(answers.map { (try? $0.get())?[0][0] } == ["1", nil, "3"])
    guard case .failure(let error) = answers[1] else {
      Issue.record("no error")
      return
    }
    #expect(error.statementIndex == 1)
    #expect(await session.roundTrips == 1)
  }

  @Test func sendsNothingForNoStatements() async throws {
    let session = try await makeSession()
    #expect(try await session.queryAll([]).isEmpty)
    #expect(try await session.queryEach([]).isEmpty)
    #expect(await session.roundTrips == 0)
  }

  @Test func cancelsABatch() async throws {
    let session = try await makeSession()
    await #expect(throws: PostgresError.timedOut) {
      try await session.queryAll(
        ["SELECT 1", "SELECT pg_sleep(60)", "SELECT 2"], timeout: .milliseconds(200))
    }
    #expect(try await session.query("SELECT 1").count == 1)
  }

  @Test func closesTheConnectionWhenIndependentStatementsAreCancelled() async throws {
    let session = try await makeSession()
    await #expect(throws: PostgresError.unresponsive) {
      try await session.queryEach(
        ["SELECT pg_sleep(60)", "SELECT pg_sleep(60)"], timeout: .milliseconds(200))
    }
    #expect(await !session.isOpen)
  }
}

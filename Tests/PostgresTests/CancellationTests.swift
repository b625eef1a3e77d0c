import Testing
import ThrowawayServer

@testable import Postgres

@Suite struct CancellationTests {
  @Test func cancelsWithinASecondAndLeavesNoBackend() async throws {
    let handle = CancelHandle()
    let session = try await makeSession(name: "by-handle", cancelHandle: handle)
    let running = Task { try await sleepInTransaction(session) }
    try await waitUntilActive(named: "by-handle")
    let elapsed = await ContinuousClock().measure {
      handle.cancel()
      await #expect(throws: PostgresError.cancelled) { try await running.value }
    }
    #expect(elapsed < .seconds(1))
    #expect(await session.isOpen)
    #expect(await session.isIdle)
    await session.close()
    for _ in 0..<50 where try await backends(named: "by-handle") != "0\n" {
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(try await backends(named: "by-handle") == "0\n")
  }

  @Test func followsTheTasksCancellationAndCanBeUsedAgain() async throws {
    let session = try await makeSession(name: "by-task")
    let running = Task { try await sleepInTransaction(session) }
    try await waitUntilActive(named: "by-task")
    let elapsed = await ContinuousClock().measure {
      running.cancel()
      await #expect(throws: PostgresError.cancelled) { try await running.value }
    }
    #expect(elapsed < .seconds(1))
    #expect(try await session.query("SELECT 1").count == 1)
  }

  @Test func refusesStatementsOnceItsHandleHasCancelled() async throws {
    let handle = CancelHandle()
    let session = try await makeSession(cancelHandle: handle)
    handle.cancel()
    await #expect(throws: PostgresError.cancelled) { try await session.query("SELECT 1") }
    #expect(await session.roundTrips == 0)
  }

  @Test func endsAllSessionsOfOneHandle() async throws {
    let handle = CancelHandle()
    let database = try await SharedServer.shared.makeDatabase()
    await withTaskGroup { group in
      for _ in 0..<4 {
        group.addTask {
          await #expect(throws: PostgresError.cancelled) {
            let session = try await Session.connect(
              settings(database.connectionString), cancelHandle: handle)
            _ = try await session.query("SELECT pg_sleep(60)")
          }
        }
      }
      try? await Task.sleep(for: .milliseconds(300))
      handle.cancel()
    }
  }

  @Test func keepsATimeLimitOfItsOwn() async throws {
    let session = try await makeSession()
    let elapsed = await ContinuousClock().measure {
      await #expect(throws: PostgresError.timedOut) {
        try await session.query("SELECT pg_sleep(60)", timeout: .milliseconds(200))
      }
    }
    #expect(elapsed < .seconds(2))
    for _ in 0..<20 { #expect(try await session.query("SELECT 1").count == 1) }
  }

  @Test func closesTheConnectionOfAServerThatDoesNotObey() async throws {
    let server = try await ThrowawayServer.start()
    let session = try await Session.connect(settings(server.connectionString))
    let pid = try #require(try await session.query("SELECT pg_backend_pid()")[0][0])
    // A stopped backend takes no signal, like one that hangs in the kernel.
    try await server.run(sql: "COPY (SELECT 1) TO PROGRAM 'cat >/dev/null; kill -STOP \(pid)'")
    let elapsed = await ContinuousClock().measure {
      await #expect(throws: PostgresError.unresponsive) {
        try await session.query("SELECT 1", timeout: .milliseconds(100))
      }
    }
    #expect(elapsed < .seconds(5))
    #expect(await !session.isOpen)
    await #expect(throws: PostgresError.unresponsive) { try await session.query("SELECT 1") }
    try await server.run(sql: "COPY (SELECT 1) TO PROGRAM 'cat >/dev/null; kill -CONT \(pid)'")
    await server.stop()
  }

  @Test func givesUpAnAttemptToConnect() async throws {
    try await withSilentServer { folder in
      let attempt = Task {
        try await Session.connect(ConnectionSettings(host: folder, port: "5432", user: "u", database: "d"))
      }
      try await Task.sleep(for: .milliseconds(200))
      attempt.cancel()
      await #expect(throws: PostgresError.cancelled) { _ = try await attempt.value }
    }
  }

  @Test func waitsForAConnectionNoLongerThanItMay() async throws {
    try await withSilentServer { folder in
      var settings = ConnectionSettings(host: folder, port: "5432", user: "u", database: "d")
      settings.defaultConnectTimeout = 1
      let caught = await #expect(throws: PostgresError.self) { _ = try await Session.connect(settings) }
      guard case .connection(let failure) = caught else {
        Issue.record("\(String(describing: caught))")
        return
      }
      #expect(failure.reason == .timedOut)
      #expect(failure.message.hasSuffix("port 5432 failed: timeout expired"))
    }
  }

  private func sleepInTransaction(_ session: Session) async throws(PostgresError) {
    try await session.transaction(.ordinary) { transaction throws(PostgresError) in
      _ = try await transaction.query("SELECT pg_sleep(60)")
    }
  }
}

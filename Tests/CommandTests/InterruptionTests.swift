import Foundation
import Testing
import ThrowawayServer

/// Ctrl-C ends the query in the server too, and leaves no file.
@Suite(.serialized) struct InterruptionTests {
  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
  func cancelsTheQueryInTheServer(_ signal: Int32, _ status: Int32) async throws {
    let database = try await SharedServer.shared.makeDatabase()
    try await Scratch.withFolder { folder in
      let invocation = try Invocation([
        "analyze", "-d", database.connectionString, "-o", folder.appending(path: "report.md").path,
        "SELECT pg_sleep(60)",
      ])
      try await Activity.wait(on: database) { "query LIKE 'EXPLAIN (ANALYZE%' AND wait_event = 'PgSleep'" }
      let start = ContinuousClock.now
      kill(invocation.process, signal)
      let run = try await invocation.end()
      #expect(run.status == status)
      #expect(
        run.errors
          == "plandx: interrupted: what the server ran was cancelled and rolled back; nothing was written\n")
      while try await Activity.count(in: database, where: "true") > 0, .now - start < .seconds(2) {
        try await Task.sleep(for: .milliseconds(20))
      }
      #expect(try await Activity.count(in: database, where: "true") == 0)
      #expect(try folder.names().isEmpty)
    }
  }

  @Test func endsAtOnceAtASecondSignal() async throws {
    // A lock on the catalog that the cancel request cannot be waited for would be needed to see the first
    // signal fail; two signals in a row show that the second is not swallowed.
    let database = try await SharedServer.shared.makeDatabase()
    let invocation = try Invocation(["analyze", "-d", database.connectionString, "SELECT pg_sleep(60)"])
    try await Activity.wait(on: database) { "wait_event = 'PgSleep'" }
    kill(invocation.process, SIGINT)
    kill(invocation.process, SIGINT)
    #expect(try await invocation.end().status == 130)
  }

  /// A report that is there already stays as it was.
  @Test func keepsTheOldReport() async throws {
    let database = try await SharedServer.shared.makeDatabase(script: "CREATE TABLE t (i int)")
    try await Scratch.withFolder { folder in
      let file = folder.appending(path: "report.md").path
      let sql = "SELECT pg_sleep(CASE WHEN EXISTS (SELECT FROM t) THEN 60 ELSE 0 END)"
      #expect(
        try await Plandx.run(["analyze", "-d", database.connectionString, "-o", file, sql]).status == 0)
      let old = try folder.text("report.md")
      try await database.run(sql: "INSERT INTO t VALUES (1)")
      let invocation = try Invocation(["reassess", "-d", database.connectionString, file])
      try await Activity.wait(on: database) { "wait_event = 'PgSleep'" }
      kill(invocation.process, SIGINT)
      #expect(try await invocation.end().status == 130)
      #expect(try folder.text("report.md") == old)
      #expect(try folder.names() == ["report.md"])
    }
  }
}

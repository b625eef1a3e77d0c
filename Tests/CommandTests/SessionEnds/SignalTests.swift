import Foundation
import Testing

@testable import ThrowawayServer

/// Ctrl-C ends the query in the server too, and leaves no file.
@Suite struct SignalTests {
  static let interrupted =
    "plandx: interrupted: what the server ran was cancelled and rolled back; nothing was written"

  /// The server did not obey in time, or could not be reached.
  static let closed =
    "plandx: interrupted: the connection was closed, which ends what the server ran; nothing was written"

  @Test(
    arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 129), (SIGQUIT, 131)] as [(Int32, Int32)],
    [nil, "an old report\n"])
  func cancelsTheQueryInTheServer(_ signal: (number: Int32, status: Int32), _ old: String?) async throws {
    let database = try await SharedServer.shared.makeDatabase()
    var end = SessionEnd(on: database)
    end.old = old
    let ended = try await end.run { invocation in
      try await Activity.wait(on: database) { "query LIKE 'EXPLAIN (ANALYZE%' AND wait_event = 'PgSleep'" }
      kill(invocation.process, signal.number)
    }
    ended.failed(signal.status, Self.interrupted)
    #expect(ended.run.errors == Self.interrupted + "\n")
    try await Activity.waitForNone(in: database, within: .promised(2))
  }

  /// The backend is stopped, so that nothing but the second signal can end the run at once.
  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
  func endsAtOnceAtASecondSignal(_ second: Int32, _ status: Int32) async throws {
    let server = try await ThrowawayServer.start()
    let database = ThrowawayDatabase(server: server, name: "postgres")
    let ended = try await SessionEnd(on: database).run { invocation in
      try await Activity.waitForAnalyze(on: database)
      try await Backends.signal(SIGSTOP, in: database)
      kill(invocation.process, SIGINT)
      try await Task.sleep(for: .milliseconds(300))
      kill(invocation.process, second)
    }
    #expect(ended.run.status == status)
    #expect(ended.duration < .promised(1))
    #expect(ended.run.errors.isEmpty)
    #expect(ended.text == ended.old)
    try await Backends.signal(SIGCONT, in: database)
    try await Activity.waitForNone(in: database)
    await server.stop()
  }

  /// A report that is there already stays as it was.
  @Test func keepsTheReportThatItWouldHaveAddedTo() async throws {
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

  @Test func endsQuietlyWhenItsReaderWentAway() async throws {
    let database = try await SharedServer.shared.makeDatabase()
    // The reader ends long before there is something to read.
    let shell = ["/bin/sh", "-c", "{ \"$0\" \"$@\"; echo \"status $?\" >&2; } | :"]
    let run = try await Plandx.run(
      ["analyze", "-q", "-d", database.connectionString, "SELECT pg_sleep(0.2)"], prefix: shell)
    #expect(run.errors == "status 141\n")
    try await Activity.waitForNone(in: database)
  }

  @Test func cancelsTheQueryWhenItsReaderGoesAway() async throws {
    let database = try await SharedServer.shared.makeDatabase()
    try await Scratch.withFolder { folder in
      let reader = "while [ ! -e '\(folder.path)/enough' ]; do sleep 0.1; done"
      let invocation = try Invocation(
        ["analyze", "-q", "-d", database.connectionString, "SELECT pg_sleep(60)"],
        prefix: ["/bin/sh", "-c", "{ \"$0\" \"$@\"; echo \"status $?\" >&2; } | { \(reader); }"])
      try await Activity.waitForAnalyze(on: database)
      _ = try folder.file("enough", [])
      try await Activity.waitForNone(in: database, within: .promised(5))
      #expect(try await invocation.end().errors == "status 141\n")
    }
  }

  /// The report goes to a file: who reads stdout does not matter.
  @Test func writesItsFileThoughNobodyReadsStdout() async throws {
    let database = try await SharedServer.shared.makeDatabase()
    try await Scratch.withFolder { folder in
      let file = folder.appending(path: "report.md").path
      let run = try await Plandx.run(
        ["analyze", "-q", "-o", file, "-d", database.connectionString, "SELECT pg_sleep(0.2)"],
        prefix: ["/bin/sh", "-c", "{ \"$0\" \"$@\"; echo \"status $?\" >&2; } | :"])
      #expect(run.errors == "status 0\n")
      #expect(try folder.names() == ["report.md"])
    }
  }

  @Test func outlivesItsTerminalUnderNohup() async throws {
    let database = try await SharedServer.shared.makeDatabase()
    let invocation = try Invocation(
      ["analyze", "-q", "--no-experiments", "-d", database.connectionString, "SELECT pg_sleep(1)"],
      prefix: ["/usr/bin/nohup"])
    try await Activity.waitForAnalyze(on: database)
    kill(invocation.process, SIGHUP)
    #expect(try await invocation.end().status == 0)
  }

  @Test func needsNoStderr() async throws {
    let database = try await SharedServer.shared.makeDatabase()
    let run = try await Plandx.run(
      ["analyze", "-v", "-d", database.connectionString, "SELECT 1"],
      prefix: ["/bin/sh", "-c", "exec \"$0\" \"$@\" 2>&-"])
    #expect(run.status == 0)
    #expect(run.output.hasSuffix(" -->\n"))
    let toNobody = try await Plandx.run(
      ["analyze", "-v", "-d", database.connectionString, "SELECT 1"],
      prefix: ["/bin/sh", "-c", "{ \"$0\" \"$@\" 3>&1 1>&4 2>&3 3>&- | :; } 4>&1"])
    #expect(toNobody.output.hasSuffix(" -->\n"))
  }

  /// Nobody is left to cancel: the server looks by itself whether its client is there.
  @Test func leavesNoBackendBehindWhenItIsKilled() async throws {
    let database = try await SharedServer.shared.makeDatabase()
    let ended = try await SessionEnd(on: database).run { invocation in
      try await Activity.waitForAnalyze(on: database)
      kill(invocation.process, SIGKILL)
    }
    #expect(ended.run.status == 128 + SIGKILL)
    #expect(ended.text == ended.old)
    #expect(ended.others.isEmpty)
    try await Activity.waitForNone(in: database, within: .promised(4))
  }
}

/// The processes of plandx's sessions, on a server that belongs to one test.
enum Backends {
  /// Sends a signal to them: a test has the server's own account, or is root.
  static func signal(_ number: Int32, in database: ThrowawayDatabase) async throws {
    let pids = try await database.server.run(
      sql: "SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'plandx/%'")
    for pid in pids.split(separator: "\n") { kill(try #require(pid_t(pid)), number) }
  }
}

import Foundation
import Testing
import ThrowawayServer

/// A run with an output file, in which something happens to its session.
struct SessionEnd {
  /// Where the run connects to.
  var connection: [String]
  var sql = "SELECT pg_sleep(60)"
  var options: [String] = []
  var environment: [String: String] = [:]
  /// What the event itself changes in the database.
  var changes: String?
  /// What the output file holds beforehand; no file when `nil`.
  var old: String? = "an old report\n"

  /// On a database, directly.
  init(on database: ThrowawayDatabase, sql: String = "SELECT pg_sleep(60)", options: [String] = []) {
    self.init(connection: ["-d", database.connectionString], sql: sql, options: options)
  }

  init(connection: [String], sql: String = "SELECT pg_sleep(60)", options: [String] = []) {
    self.connection = connection
    self.sql = sql
    self.options = options
  }

  /// Starts the run, lets something happen, and waits for the end.
  func run(_ event: (Invocation) async throws -> Void = { _ in }) async throws -> Ended {
    try await Scratch.withFolder { folder in
      let file = folder.appending(path: "report.md").path
      if let old { _ = try folder.file("report.md", old.utf8) }
      let invocation = try Invocation(
        ["analyze", "--force", "-o", file] + options + connection + [sql], environment: environment,
        whileTestChanges: changes)
      do {
        try await event(invocation)
      } catch {
        // What the run said tells why that did not happen.
        kill(invocation.process, SIGKILL)
        Issue.record("\(error) in \(try await invocation.end())")
        throw error
      }
      let start = ContinuousClock.now
      let run = try await invocation.end()
      let duration = ContinuousClock.now - start
      let files = try folder.names()
      let text = files.contains("report.md") ? try folder.text("report.md") : nil
      let isComplete = text == nil ? false : try await Plandx.run(["check", file]).status == 0
      return Ended(
        run: run, duration: duration, old: old, text: text, isComplete: isComplete,
        others: files.filter { $0 != "report.md" })
    }
  }
}

extension Duration {
  /// Seconds within which something is promised to be over: as many as that, unless it runs under a sanitizer,
  /// which slows everything down and has a say at each process's end.
  static func promised(_ seconds: Int) -> Duration { .seconds(seconds * patience) }

  private static let patience =
    ProcessInfo.processInfo.environment["PLANDX_PATIENCE"].flatMap { Int($0) } ?? 1
}

/// How a run ended, and what it left.
struct Ended {
  let run: Plandx
  /// From what happened to the end of the process.
  let duration: Duration
  /// The output file before and after.
  let old: String?
  let text: String?
  /// `plandx check` passes on the output file.
  let isComplete: Bool
  /// Other files in its folder.
  let others: [String]

  /// It failed in time, with this first line, and left the output as it was.
  func failed(
    _ status: Int32, _ line: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(run.status == status, sourceLocation: sourceLocation)
    #expect(String(run.firstError) == line, sourceLocation: sourceLocation)
    #expect(run.errors.split(separator: "\n").count <= 8, sourceLocation: sourceLocation)
    #expect(text == old, sourceLocation: sourceLocation)
    wasPrompt(sourceLocation)
  }

  /// It made a complete report in time.
  func succeeded(sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(run.status == 0, "\(run.errors)", sourceLocation: sourceLocation)
    #expect(isComplete, sourceLocation: sourceLocation)
    wasPrompt(sourceLocation)
  }

  private func wasPrompt(_ sourceLocation: SourceLocation) {
    #expect(duration <= .promised(5), sourceLocation: sourceLocation)
    #expect(others.isEmpty, sourceLocation: sourceLocation)
    #expect(run.output.isEmpty, sourceLocation: sourceLocation)
  }
}

extension Activity {
  /// Waits until no session of plandx's is left in a database.
  static func waitForNone(
    in database: ThrowawayDatabase, state: String = "true", within limit: Duration = .promised(4),
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let start = ContinuousClock.now
    let ours = "application_name LIKE 'plandx/%' AND \(state)"
    while try await count(in: database, where: ours) > 0 {
      guard .now - start < limit else {
        let left = try await database.server.run(
          sql: "SELECT state, query FROM pg_stat_activity WHERE \(ours) AND datname = '\(database.name)'")
        Issue.record("left behind: \(left)", sourceLocation: sourceLocation)
        return
      }
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  /// Waits until a session of plandx's runs the statement that is analyzed.
  static func waitForAnalyze(on database: ThrowawayDatabase) async throws {
    try await wait(on: database) { "query LIKE 'EXPLAIN (ANALYZE%' AND state = 'active'" }
  }
}

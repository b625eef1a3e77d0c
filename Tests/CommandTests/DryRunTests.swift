import Foundation
import Testing
import ThrowawayServer

/// `--dry-run` and `-v` on the command line.
@Suite(.serialized) struct DryRunTests {
  @Test func printsSQLWithBudgetsAndMakesNoConnection() async throws {
    let run = try await Plandx.run(
      [
        "analyze", "--dry-run", "-h", "/nowhere", "--timeout", "90", "--role", "app", "--param",
        "1=it's:text",
        "SELECT * FROM orders WHERE status = $1",
      ])
    #expect(run.status == 0 && run.errors.isEmpty)
    #expect(run.output.hasPrefix("-- Dry run: nothing was sent and no connection was made.\n"))
    #expect(run.output.contains("-- Budget: 90 s (--timeout) each."))
    #expect(run.output.contains("$1 = 'statement_timeout', $2 = '90000ms'"))
    #expect(run.output.contains("$1 = 'role', $2 = 'app'"))
    #expect(
      run.output.contains(
        "EXPLAIN (VERBOSE, SETTINGS) SELECT * FROM orders WHERE status = $1;  -- $1 = 'it''s'\n"))
    let steps = run.output.split(separator: "\n").filter { $0.firstMatch(of: /^-- [0-9]+\./) != nil }
    #expect(steps.count == run.output.split(separator: "-- Budget: ").count - 1)
  }

  @Test(arguments: [
    (["--evidence", "none"], "catalogs say"), (["--evidence", "catalog"], "Rows of each table"),
    (["--no-experiments"], "Trials"),
  ])
  func leavesOutWhatTheOptionsLeaveOut(_ options: [String], _ words: String) async throws {
    let all = try await Plandx.run(["analyze", "--dry-run", "SELECT 1 FROM t"])
    #expect(all.output.contains(words))
    let less = try await Plandx.run(["analyze", "--dry-run", "SELECT 1 FROM t"] + options)
    #expect(!less.output.contains(words))
  }

  @Test func rejectsWhatARunWouldReject() async throws {
    let run = try await Plandx.run(["analyze", "--dry-run", "INSERT INTO t VALUES (1)"])
    #expect(run.status == 65 && run.output.isEmpty)
  }

  @Test func listsTheStatementsOfAReassessmentAndLeavesTheReportAlone() async throws {
    try await Scratch.withFolder { folder in
      let file = folder.appending(path: "report.md").path
      _ = try await Plandx.run(["analyze", "-q", "-o", file] + Shop.options() + [Shop.join])
      let before = try folder.text("report.md")
      let run = try await Plandx.run(["reassess", "--dry-run", "-h", "/nowhere", file])
      #expect(run.status == 0)
      #expect(run.output.contains(Shop.join))
      #expect(!run.output.contains("Trials"))
      #expect(try folder.text("report.md") == before)
      #expect(try await Plandx.run(["reassess", "--dry-run", "--plan", file, file]).status == 64)
    }
  }

  /// The same statements in the same order as the server's own log has them.
  @Test(arguments: [
    [
      "analyze", "--param", "1=op'en\nx", "--generic-plan",
      "SELECT count(*) FROM a JOIN b USING (i) WHERE t = $1",
    ],
    ["analyze", "--param", "1=7", "UPDATE a SET t = 'x' WHERE i = $1"],
    ["rewrite", "DELETE FROM a WHERE i = 3"],
  ])
  func logsWhatTheServerLogs(_ arguments: [String]) async throws {
    try await ThrowawayServer.withServer(settings: [
      "log_statement": "all", "log_line_prefix": "@%a|", "log_min_messages": "log",
    ]) { server in
      try await server.run(
        sql: """
          CREATE TABLE a (i int, t text); CREATE TABLE b (i int);
          INSERT INTO a SELECT i, 'x' FROM generate_series(1, 500) i; INSERT INTO b SELECT i FROM a; ANALYZE;
          """)
      let run = try await Plandx.run(
        Array(arguments.prefix(1)) + ["-v", "-d", server.connectionString] + arguments.dropFirst())
      #expect(run.status == 0, "\(run.errors)")
      let told = run.errors.split(separator: "\n").compactMap { line in
        line.firstMatch(
          of: /^plandx: (?:in one round trip|(?:in one round trip, )?[0-9.,]+ ms(?: in all)?): (.*)$/
        ).map { Self.words(String($0.1)) }
      }
      #expect(
        told.count
          == run.errors.split(separator: "\n").count { $0.hasPrefix("plandx: ") && !$0.contains("finding") })
      let logged = try Self.statements(in: String(contentsOfFile: server.logFile, encoding: .utf8))
      #expect(logged.count > 10)
      #expect(told == logged)
    }
  }

  /// Statements of plandx's sessions with their parameters, as `-v` words them.
  private static func statements(in log: String) -> [String] {
    var statements: [String] = []
    for entry in log.split(separator: "\n@") where entry.contains("plandx/") {
      if let sql = entry.firstMatch(of: /LOG:  execute <unnamed>: ([\s\S]*)$/) {
        statements.append(String(sql.1))
      } else if let detail = entry.firstMatch(of: /DETAIL:  parameters: ([\s\S]*)$/) {
        let parameters = detail.1.replacing("\n\t", with: "\\n")
        statements[statements.count - 1] += " -- " + parameters
      }
    }
    return statements.map(words)
  }

  private static func words(_ text: String) -> String {
    text.split { $0 == " " || $0 == "\n" || $0 == "\t" }.joined(separator: " ")
  }
}

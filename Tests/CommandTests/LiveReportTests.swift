import Foundation
import Testing
import ThrowawayServer

/// What a live report says about how it came about.
@Suite(.serialized) struct LiveReportTests {
  private static let slowJoin = "\(Shop.join) AND pg_sleep(0.01) IS NOT NULL AND o.id < 3000"

  @Test func printsTheSQLOfASkippedExperimentReadyForPsql() async throws {
    let run = try await Plandx.run(
      ["analyze", "--experiment-limit", "0.05"] + Shop.options() + [Self.slowJoin])
    let sentence = try #require(
      run.output.split(separator: "\n").first { $0.hasPrefix("GUC experimentation skipped — ") })
    #expect(sentence.contains("s) exceeds 0.05-second threshold."))
    let fence = try #require(run.output.split(separator: "\(sentence)\n\n```sql\n").last)
    let sql = try #require(fence.split(separator: "\n```").first)
    #expect(
      sql == """
        SET enable_hashjoin = off;
        SET enable_nestloop = off;
        SET enable_mergejoin = on;
        EXPLAIN ANALYZE VERBOSE \(Self.slowJoin);
        """)
    let plan = try await Shop.database().run(sql: String(sql))
    #expect(plan.contains("Merge Join"))
    #expect(plan.contains("Execution Time: "))
    try await Scratch.withFolder { folder in
      let file = try folder.file("report.md", run.output.utf8)
      #expect(try await Plandx.run(["check", file]).output.isEmpty)
    }
  }

  @Test func printsTheRunsSideBySide() async throws {
    let run = try await Plandx.run(["analyze"] + Shop.options() + [Shop.join])
    #expect(run.output.contains("| Metric | Default | Merge Join Only |\n"))
    #expect(run.output.contains("\n| Disabled strategy still used? | nothing disabled | No |\n"))
  }

  @Test(arguments: [
    (["--no-experiments"], Shop.join, "GUC experimentation skipped — `--no-experiments` was given."),
    ([], "SELECT count(*) FROM orders", "No join to vary: the plan joins nothing"),
  ])
  func saysWhyThereWereNoExperiments(_ options: [String], _ sql: String, _ sentence: String) async throws {
    let run = try await Plandx.run(["analyze"] + options + Shop.options() + [sql])
    #expect(run.output.contains("## GUC Experiment Results\n\n\(sentence)"))
  }

  @Test func showsWhatRanInsteadOfAnUpdateAndSaysOnceWhatIsNotInIt() async throws {
    let sql = "UPDATE orders SET status = 'late' WHERE status = 'open'"
    let run = try await Plandx.run(["analyze"] + Shop.options() + [sql])
    #expect(run.output.contains("```sql\n\(sql)\n```"))
    #expect(
      run.output.contains("```sql\nSELECT orders.ctid, 'late'\nFROM orders\nWHERE status = 'open'\n```"))
    #expect(run.output.contains("same nodes, relations, conditions and total cost"))
    #expect(run.output.split(separator: "oreign keys, triggers").count == 2)
    let rows = try await Shop.database().run(sql: "SELECT count(*) FROM orders WHERE status = 'late'")
    #expect(rows == "0\n")
  }

  @Test func notesThatLocksWereLeftOut() async throws {
    let run = try await Plandx.run(
      ["analyze"] + Shop.options() + ["SELECT id FROM orders WHERE id = 7 FOR UPDATE"])
    #expect(run.output.contains("- FOR UPDATE was left out: a read-only transaction locks no rows"))
    #expect(run.output.contains("```sql\nSELECT id FROM orders WHERE id = 7\n```"))
  }

  @Test func connectsAsPsqlDoes() async throws {
    let database = try await Shop.database()
    let (folder, name) = (database.server.socketDirectory, database.name)
    let variables = ["PGHOST": folder, "PGUSER": "postgres", "PGDATABASE": name]
    let escaped = folder.replacing("/", with: "%2F")
    try await Scratch.withFolder { files in
      let service = try files.file("services", "[shop]\nhost=\(folder)\nuser=postgres\ndbname=\(name)\n".utf8)
      for (options, environment) in [
        ([], variables), (["-d", "postgresql://postgres@\(escaped)/\(name)"], [:]),
        (["-d", "host=\(folder) user=postgres dbname=\(name)"], [:]),
        (["-d", "service=shop"], ["PGSERVICEFILE": service]),
        (["--host", folder, "--username", "postgres", "--dbname", name, "--port", "5432"], [:]),
      ] {
        let run = try await Plandx.run(
          ["analyze"] + options + ["SELECT id FROM orders WHERE id = 7"], environment: environment)
        #expect(run.output.contains("| Database | \(name), as role postgres |"), "\(options): \(run.errors)")
      }
    }
  }

  @Test func actsAsTheApplication() async throws {
    let database = try await SharedServer.shared.makeDatabase(
      script: """
        CREATE SCHEMA app;
        CREATE TABLE app.things (i int);
        INSERT INTO app.things SELECT generate_series(1, 10);
        CREATE ROLE things_reader;
        GRANT USAGE ON SCHEMA app TO things_reader;
        GRANT SELECT ON app.things TO things_reader;
        """)
    let run = try await Plandx.run([
      "analyze", "-d", database.connectionString, "--role", "things_reader", "--search-path", "app", "--set",
      "enable_seqscan=off", "SELECT * FROM things",
    ])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("on app.things"))
    #expect(run.output.contains("Settings: enable_seqscan = 'off', search_path = 'app'"))
  }

  @Test func isKnownInTheServerByItsNameAndVersion() async throws {
    let version = try await Plandx.run(["--version"]).output.dropLast()
    let database = try await SharedServer.shared.makeDatabase()
    let invocation = try Invocation(["analyze", "-d", database.connectionString, "SELECT pg_sleep(60)"])
    try await Activity.wait(on: database) {
      "application_name = 'plandx/\(version)' AND wait_event = 'PgSleep'"
    }
    try await Activity.terminate(in: database)
    let run = try await invocation.end()
    #expect(
      run.errors.hasPrefix(
        "plandx: the server says: FATAL: terminating connection due to administrator command"))
    #expect(run.status == 75)
    #expect(run.output.isEmpty)
  }

  @Test func rejectsAFunctionInOneLineAndLetsTheUserVouchForIt() async throws {
    let database = try await SharedServer.shared.makeDatabase(
      script: "CREATE FUNCTION twice(i int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 2 * i'")
    let arguments = ["analyze", "-d", database.connectionString]
    let rejected = try await Plandx.run(arguments + ["SELECT twice(21)"])
    #expect(rejected.errors.hasPrefix("plandx: function public.twice is rejected: "))
    #expect(rejected.errors.hasSuffix("; --allow-function public.twice vouches for it\n"))
    #expect(rejected.status == 65)
    #expect(rejected.output.isEmpty)
    let vouched = try await Plandx.run(arguments + ["--allow-function", "twice", "SELECT twice(21)"])
    #expect(vouched.status == 0)
  }

  @Test(arguments: [("full", true, true), ("catalog", true, false), ("none", false, false)])
  func gathersTheEvidenceThatIsAskedFor(_ level: String, _ catalog: Bool, _ counts: Bool) async throws {
    let run = try await Plandx.run(["analyze", "--evidence", level] + Shop.options() + [Shop.join])
    #expect(run.output.contains("### Index definitions") == catalog)
    #expect(run.output.contains("### Counts") == counts)
    #expect(run.output.contains("- catalog evidence: --evidence none") == (level == "none"))
    try await Scratch.withFolder { folder in
      let file = try folder.file("report.md", run.output.utf8)
      #expect(try await Plandx.run(["check", file]).output.isEmpty)
    }
  }
}

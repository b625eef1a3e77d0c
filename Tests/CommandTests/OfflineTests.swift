import Foundation
import Testing

/// Reports from pasted plans, with no database.
@Suite(.serialized) struct OfflineTests {
  /// Plans of real servers, which the reader's tests hold.
  private static let plans = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "PlanReadingTests/Fixtures")

  /// One process after the other for each folder: a test case for each plan would swamp the machine.
  @Test(arguments: [("pasted", 8), ("dsql", 30), ("postgres15", 50)])
  func makesACompleteReportOfEveryPlan(_ folder: String, _ count: Int) async throws {
    let plans = Self.plans.appending(path: folder)
    // The JSON of these plans is the reader's own affair.
    let names = try plans.names().filter { folder == "pasted" || $0.hasSuffix(".txt") }
    #expect(names.count >= count)
    try await Scratch.withFolder { reports in
      for name in names {
        let report = reports.appending(path: "\(name).md").path
        let run = try await Plandx.run(["offline", plans.appending(path: name).path, "-q", "-o", report])
        #expect(run.errors.isEmpty && run.status == 0, "\(name): \(run.errors)")
        let check = try await Plandx.run(["check", report])
        #expect(check.status == 0 && check.output.isEmpty, "\(name): \(check.output)")
      }
    }
  }

  @Test func saysThatNothingWasCapturedAndWhatWould() async throws {
    let run = try await Plandx.run(["offline"], input: Pasted.slowJoin)
    #expect(run.status == 0)
    #expect(run.output.contains("**No fresh plan was captured.**"))
    #expect(run.output.contains("plandx analyze -f query.sql -o REPORT.md"))
    #expect(run.output.contains("EXPLAIN ANALYZE VERBOSE <the admitted SELECT>;"))
    #expect(run.output.contains("- catalog evidence and row counts: no database was asked: a pasted plan"))
  }

  @Test func followsTheThirtySecondRuleWithTheStatementThatMayRun() async throws {
    try await Scratch.withFolder { folder in
      let sql = try folder.file(
        "update.sql", "UPDATE orders SET status = 'late' FROM customers c WHERE c.id = customer_id;".utf8)
      let run = try await Plandx.run(["offline", "-", "--sql", sql], input: Pasted.slowJoin)
      #expect(
        run.output.contains(
          """
          GUC experimentation skipped — original query execution time (45.2s) exceeds 30-second threshold.
          """))
      #expect(
        run.output.contains(
          """
          ```sql
          SET enable_hashjoin = off;
          SET enable_nestloop = off;
          SET enable_mergejoin = on;
          EXPLAIN ANALYZE VERBOSE SELECT orders.ctid, c.ctid, 'late'
          FROM customers c, orders
          WHERE c.id = customer_id;
          ```

          """))
      #expect(!run.output.contains("EXPLAIN ANALYZE VERBOSE UPDATE"))
    }
  }

  /// The printed SQL is what a live run sends: another session can run it as it stands.
  @Test func printsEvidenceSQLThatRuns() async throws {
    let run = try await Plandx.run(["offline"], input: Pasted.slowJoin)
    let block = try #require(
      run.output.split(separator: "This SQL collects what is missing:\n\n```sql\n").last)
    let sql = try #require(block.split(separator: "```").first)
    let answer = try await Shop.database().run(sql: String(sql))
    #expect(answer.contains("\"relname\":\"orders\",\"relkind\":\"r\""))
    #expect(answer.contains("CREATE UNIQUE INDEX customers_pkey ON public.customers USING btree (id)"))
    #expect(answer.contains("\"count\":20000") && answer.contains("\"count\":2000"))
  }

  /// The way for whoever may not connect plandx: print, let psql run, give back.
  @Test func takesBackWhatPsqlMadeOfThePrintedScript() async throws {
    try await Scratch.withFolder { folder in
      let plan = try folder.file("plan.txt", Pasted.slowJoin.utf8)
      let printed = try await Plandx.run(["evidence-sql", "--plan", plan])
      #expect(printed.status == 0)
      let stats = try folder.file("stats.json", try await Shop.database().run(sql: printed.output).utf8)
      let run = try await Plandx.run(["offline", plan, "--stats", stats])
      #expect(run.status == 0)
      #expect(
        run.output.contains("This evidence was collected apart from the plan; plandx asked no database."))
      #expect(
        run.output.contains("`customers_pkey`") && !run.output.contains("This SQL collects what is missing"))
      let wrong = try await Plandx.run(["offline", plan, "--stats", plan])
      #expect(wrong.status == 65 && wrong.errors.contains("is no answer to the evidence SQL"))
    }
  }

  @Test func advisesAnIndexAsTheEngineBuildsIt() async throws {
    for (arguments, build) in [
      ([], "CREATE INDEX ASYNC "), (["--engine", "dsql"], "CREATE INDEX ASYNC "),
      (["--engine", "postgres"], "CREATE INDEX CONCURRENTLY "),
    ] {
      let run = try await Plandx.run(["offline"] + arguments, input: Pasted.dsqlFullScan)
      #expect(
        run.output.contains(
          "\n\(build)transactions_payer_id_created_at_idx ON public.transactions (payer_id, created_at);\n"))
    }
  }

  @Test func refusesAStatementThatIsNone() async throws {
    try await Scratch.withFolder { folder in
      let sql = try folder.file("insert.sql", "INSERT INTO t VALUES (1)".utf8)
      let run = try await Plandx.run(["offline", "--sql", sql], input: Pasted.slowJoin)
      #expect(run.errors == "plandx: INSERT is rejected: plan capture never runs a statement that writes\n")
      #expect(run.status == 65)
      #expect(run.output.isEmpty)
    }
  }

  @Test func takesAStatementWithOpenParameters() async throws {
    try await Scratch.withFolder { folder in
      let sql = try folder.file("query.sql", "SELECT 1 FROM orders WHERE id = $1".utf8)
      #expect(try await Plandx.run(["offline", "--sql", sql], input: Pasted.slowJoin).status == 0)
    }
  }
}

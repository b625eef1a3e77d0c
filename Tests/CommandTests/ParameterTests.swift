import Foundation
import Testing
import ThrowawayServer

/// `--param`, `--generic-plan` and the options that match the application's session, from the command line.
@Suite(.serialized) struct ParameterTests {
  private static let byStatus = "SELECT id FROM orders WHERE status = $1"

  static let refused: [([String], Int32)] = [
    (["--param", "0=1"], 64), (["--param", "1"], 64), (["--param", "1=1", "--param", "1=2"], 64),
    (["--param", "x=1"], 64), (["--set", "transaction_read_only=off"], 64),
    (["--set", "statement_timeout=0"], 64), (["--set", "lock_timeout=0"], 64), ([], 65),
    (["--param", "2=x"], 65), (["--param", "1=open", "--param", "2=x"], 65),
  ]

  @Test(arguments: refused) func refusesWithoutAConnection(_ options: [String], _ status: Int32) async throws
  {
    let run = try await Plandx.run(
      ["analyze"] + options + ["-h", "/nowhere", Self.byStatus])
    #expect(run.status == status, "\(run.errors)")
    #expect(run.errors.hasPrefix("plandx: ") && run.errors.split(separator: "\n").count == 1)
    #expect(run.output.isEmpty)
  }

  @Test func advisesWhereAValueIsMissing() async throws {
    let run = try await Plandx.run(["analyze", "SELECT 1 FROM orders WHERE id = $2 AND status = $1"])
    #expect(
      run.errors == """
        plandx: $1 and $2 have no value: give the application's own by --param 1=value[:type] \
        (in a statement from pg_stat_statements each $n stands for a constant)

        """)
    let generic = try await Plandx.run(["analyze", "--generic-plan", "SELECT 1"])
    #expect(
      generic.errors
        == "plandx: --generic-plan is refused: the statement has no parameters; leave the option out\n")
    #expect(generic.status == 65)
  }

  static let wrongTypes: [(String, Int32, String)] = [
    ("1=open:no_such_type", 65, "--param 1: there is no type 'no_such_type' in this session;"),
    ("1=open:a b c", 65, "--param 1: there is no type 'a b c' in this session;"),
    ("1=open:record", 65, "--param 1: there is no type 'record' in this session;"),
    ("1=5:int", 65, "the server says: ERROR: operator does not exist: text = integer (SQLSTATE 42883)"),
  ]

  @Test(arguments: wrongTypes) func saysInOneLineWhatIsWrongWithAType(
    _ option: String, _ status: Int32, _ words: String
  ) async throws {
    for kind in [[], ["--generic-plan"]] {
      let run = try await Plandx.run(
        ["analyze", "--param", option] + kind + Shop.options() + [Self.byStatus])
      #expect(run.status == status)
      #expect(run.firstError.hasPrefix("plandx: \(words)"), "\(run.errors)")
      #expect(run.output.isEmpty)
    }
  }

  @Test func saysWhichValuesAndWhichKindOfPlanTheReportShows() async throws {
    let run = try await Plandx.run(
      ["analyze", "--param", "1=open", "--param", "2=5:bigint"] + Shop.options()
        + ["SELECT count(*) FROM orders WHERE status = $1 AND id > $2"])
    #expect(run.status == 0)
    #expect(
      run.output.contains(
        "\n```text\n$1 = 'open' (text, inferred by the server)\n$2 = '5' (bigint)\n```\n"))
    #expect(run.output.contains("(orders.status = 'open'::text)"))
    #expect(run.output.contains("- The plan below is the custom plan: made for these values"))
    #expect(run.output.contains(" nodes; its estimated total cost is "))
    #expect(run.output.contains("plandx reassess REPORT.md --param '1=open' --param '2=5:bigint'"))
  }

  @Test func showsTheGenericPlanAndCountsWithTheValues() async throws {
    let run = try await Plandx.run(
      ["analyze", "--param", "1=open", "--generic-plan"] + Shop.options() + [Self.byStatus])
    #expect(run.output.contains("Filter: (orders.status = $1)"))
    #expect(run.output.contains("| `public.orders` | `(orders.status = $1)` | 100 | 0.5% |"))
    #expect(run.output.contains("`plan_cache_mode = force_generic_plan` (--generic-plan)"))
    #expect(run.output.contains("- The plan below is the generic plan (`--generic-plan`)"))
    try await Scratch.withFolder { folder in
      let file = try folder.file("report.md", run.output.utf8)
      let check = try await Plandx.run(["check", file])
      #expect(check.status == 0, "\(check.output)")
    }
  }

  @Test(arguments: [
    "a`b``c", "x|y", "line\nbreak", "# no heading", "```\n\n## Findings", "\u{1B}[31mred", "-->",
  ])
  func keepsTheReportWholeWhateverTheValueIs(_ value: String) async throws {
    try await Scratch.withFolder { folder in
      let file = folder.appending(path: "report.md").path
      let run = try await Plandx.run(
        ["analyze", "-q", "--no-experiments", "--param", "1=\(value):", "-o", file] + Shop.options()
          + [Self.byStatus + " AND EXISTS (SELECT FROM customers c WHERE c.id = customer_id)"])
      #expect(run.status == 0, "\(run.errors)")
      let check = try await Plandx.run(["check", file])
      #expect(check.status == 0, "\(check.output)")
      let report = try folder.text("report.md")
      #expect(report.split(separator: "\n").count { $0 == "## Findings" } == 1)
      let again = try await Plandx.run(
        ["reassess", "-q", "--param", "1=\(value):", file] + Shop.options())
      #expect(again.status == 0, "\(again.errors)")
    }
  }

  @Test func printsManualSQLThatPsqlTakes() async throws {
    let run = try await Plandx.run(
      ["analyze", "--no-experiments", "--param", "1=it's:text", "--param", "2=NULL"] + Shop.options()
        + [
          "SELECT count(*) FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.status = $1 OR o.id = $2"
        ])
    let sql = try #require(run.output.split(separator: "SET enable_mergejoin = on;\n").last)
    let explain = try #require(sql.split(separator: "\n```").first)
    #expect(explain.hasSuffix("WHERE o.status = 'it''s'::text OR o.id = NULL::integer;"))
    #expect(try await Shop.database().run(sql: String(explain)).contains("Execution Time: "))
  }

  @Test func namesWhatDiffersFromTheDefaults() async throws {
    let database = try await SharedServer.shared.makeDatabase(
      script: """
        CREATE TABLE secrets (id int, owner text);
        INSERT INTO secrets SELECT i, 'nobody' FROM generate_series(1, 100) i;
        ALTER TABLE secrets ENABLE ROW LEVEL SECURITY;
        CREATE ROLE session_app; GRANT SELECT ON secrets TO session_app;
        CREATE POLICY own ON secrets FOR SELECT TO session_app USING (owner = current_user);
        CREATE POLICY "all |" ON secrets USING (true);
        CREATE POLICY other ON secrets FOR SELECT TO pg_monitor USING (true);
        CREATE POLICY writes ON secrets FOR INSERT WITH CHECK (true);
        CREATE SCHEMA app; CREATE VIEW app.mine AS SELECT 1;
        SELECT current_database() AS name \\gset
        ALTER DATABASE :name SET random_page_cost = 1.25;
        """)
    let run = try await Plandx.run(
      [
        "analyze", "-v", "--role", "session_app", "--search-path", "app, public", "--set", "work_mem=64MB",
        "--set",
        "app.token=a|b",
      ]
        + ["-d", database.connectionString, "SELECT count(*) FROM secrets"])
    #expect(run.status == 0, "\(run.errors)")
    for row in [
      "| Session role | `session_app` by SET ROLE, logged in as `postgres`; SET ROLE does not apply settings from ALTER ROLE … SET: give them with --set |",
      "| Search path | `search_path = app, public` (--search-path) |",
      "| Row-level security | in force for this role on `public.secrets` (`all \\|`, `own`): another role may see other rows and another plan; `row_security = on` (default) |",
      "| Settings that differ from default | `random_page_cost = 1.25` (ALTER DATABASE), `work_mem = 64MB` (--set), `app.token = <not shown>` (--set) |",
    ] {
      #expect(run.output.contains("\n\(row)\n"), "\(row)")
    }
    #expect(!(run.output + run.errors).contains("a|b") && !run.output.contains("a\\|b"))
    #expect(run.output.contains("--set 'app.token=<not shown>'"))
    let plain = try await Plandx.run(
      ["analyze", "-d", database.connectionString, "SELECT count(*) FROM secrets"])
    #expect(plain.output.contains("| Session role | `postgres` |"))
    #expect(plain.output.contains("`row_security = on` (default); in force on no table of the plan |"))
  }

  /// The server quotes what it cannot cast, as a whole, in lower case, or in part.
  @Test(arguments: [
    "current_setting('app.token')::int = 1", "current_setting('app.token')::regclass = 1::regclass",
    "(current_setting('app.token') || '!')::int = 1",
    "('{\"claims\": ' || current_setting('app.token') || '}')::json IS NOT NULL",
    "i = (SELECT * FROM hidden_token)",
  ])
  func showsNoApplicationsValueInAnError(_ condition: String) async throws {
    let database = try await SharedServer.shared.makeDatabase(
      script: """
        CREATE TABLE t (i int); INSERT INTO t VALUES (1);
        CREATE VIEW hidden_token AS SELECT current_setting('app.token')::int;
        """)
    let token = "Eyx9_canary7bird4Yellow"
    for command in [["analyze"], ["analyze", "-v", "--evidence", "none"]] {
      let run = try await Plandx.run(
        command + [
          "--set", "app.token=\(token)", "-d", database.connectionString,
          "SELECT i FROM t WHERE \(condition)",
        ])
      let said = (run.output + run.errors).lowercased()
      #expect(!said.contains("canary") && !said.contains("bird4yell"), "\(said)")
      #expect(run.status == 65)
      #expect(run.errors.contains("<not shown>"))
    }
  }

  /// Rights are missing: the report says so and is made all the same.
  @Test func saysThatTheSessionIsNotKnownWhereTheCatalogIsClosed() async throws {
    let database = try await SharedServer.shared.makeDatabase(
      script: """
        CREATE TABLE open_to_all (id int);
        CREATE ROLE session_guest LOGIN; GRANT SELECT ON open_to_all TO session_guest;
        REVOKE SELECT ON pg_catalog.pg_settings FROM PUBLIC;
        """)
    let connection = database.connectionString.replacing("user=postgres", with: "user=session_guest")
    let run = try await Plandx.run(["analyze", "-d", connection, "SELECT count(*) FROM open_to_all"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      run.output.contains(
        "| Session | not known: role, search path, row-level security and changed settings: permission denied for view pg_settings |"
      ))
  }

  @Test func leavesParametersOpenWhereNothingRuns() async throws {
    let run = try await Plandx.run(["rewrite", "UPDATE t SET a = $1 WHERE b = $2"])
    #expect(run.status == 0)
    #expect(run.output.contains("WHERE b = $2"))
  }
}

import Foundation
import Testing

/// What cannot be used is refused in one line, with its status, and leaves nothing behind.
@Suite(.serialized) struct BadInputTests {
  struct Refused: CustomTestStringConvertible, Sendable {
    var name: String
    var bytes: [UInt8]
    var error: String
    /// What stands below the first line.
    var details: [String] = []

    init(_ name: String, _ text: String, _ error: String, details: [String] = []) {
      (self.name, self.bytes, self.error, self.details) = (name, Array(text.utf8), error, details)
    }

    init(_ name: String, bytes: [UInt8], _ error: String) {
      (self.name, self.bytes, self.error) = (name, bytes, error)
    }

    var testDescription: String { name }
  }

  static let plans = [
    Refused("empty", "", "no plan: the input is empty"),
    Refused("blank", "\n \n", "no plan: the input is empty"),
    Refused("prose", "not a plan\n", "no plan: line 1, column 1 does not fit a plan: 'not a plan'"),
    Refused(
      "binary", bytes: [0x7f, 0x45, 0x4c, 0x46, 0, 1],
      "no plan: the input is binary (a NUL byte at line 1, column 5)"),
    Refused(
      "not UTF-8", bytes: Array("Seq Scan".utf8) + [0xff],
      "no plan: the input is not UTF-8 at line 1, column 9"),
    Refused(
      "JSON without a plan", "[{\"a\": 1}]",
      "no plan: the JSON at line 1, column 1 has no Plan with a Node Type"),
    Refused("half a JSON", "[{\"Plan\": {", "no plan: the JSON stops making sense at line 1"),
    Refused(
      "MySQL's tree", "-> Limit: 5 row(s)  (cost=0.65 rows=4)\n    -> Table scan on t  (cost=0.65 rows=4)\n",
      "no plan: line 1, column 1 is of a plan of MySQL or MariaDB: plandx reads those of PostgreSQL and Aurora DSQL; paste the output of their EXPLAIN (ANALYZE, VERBOSE)"
    ),
    Refused(
      "SQL Server's text", "  |--Clustered Index Scan(OBJECT:([shop].[dbo].[orders].[PK_orders]))\n",
      "no plan: line 1, column 3 is of a plan of SQL Server: plandx reads those of PostgreSQL and Aurora DSQL"
    ),
    Refused("SQL", "SELECT 1;", "no plan: line 1, column 1 does not fit a plan: 'SELECT 1;'"),
  ]

  static let statements = [
    Refused("empty", "", "no statement: the text is empty or holds comments alone"),
    Refused("comment", "-- nothing\n", "no statement: the text is empty or holds comments alone"),
    Refused("NUL", bytes: Array("SELECT 1".utf8) + [0], "the statement has a NUL byte at offset 8"),
    Refused(
      "not UTF-8", bytes: Array("SELECT ".utf8) + [0xc3, 0x28],
      "the statement is not UTF-8: the byte at offset 7"),
    Refused(
      "two statements", "SELECT 1;\nDELETE FROM t",
      "2 statements are rejected: one is analysed at a time; the second starts in line 2"),
    Refused(
      "syntax error", "SELECT 1\n  FORM t", "syntax error at or near \"t\" (line 2, column 8)",
      details: ["    FORM t", "         ^"]),
    Refused(
      "caret behind wide letters", "SELECT 'äöü' AS größe FORM t",
      "syntax error at or near \"FORM\" (line 1, column 23)",
      details: ["  SELECT 'äöü' AS größe FORM t", "                        ^"]),
    Refused("parameter", "SELECT $1", "$1 has no value"),
    Refused(
      "INSERT", "INSERT INTO t VALUES (1)",
      "INSERT is rejected: plan capture never runs a statement that writes"),
    Refused("MERGE", "MERGE INTO t USING u ON t.i = u.i WHEN MATCHED THEN DELETE", "MERGE is rejected"),
    Refused("COPY", "COPY t FROM '/tmp/x'", "COPY is rejected"),
    Refused("TRUNCATE", "TRUNCATE t", "TRUNCATE is rejected"),
    Refused("DO", "DO $$ BEGIN END $$", "DO is rejected: it runs code that cannot be checked"),
    Refused("CALL", "CALL p()", "CALL is rejected: it runs code that cannot be checked"),
    Refused(
      "function", "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "CREATE FUNCTION is rejected"),
    Refused("procedure", "CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1'", "CREATE PROCEDURE is rejected"),
    Refused(
      "table", "CREATE TABLE t (i int)", "CREATE TABLE is rejected: plan capture never changes definitions"),
    Refused("table from a query", "CREATE TABLE t AS SELECT 1", "CREATE TABLE is rejected"),
    Refused("materialized view", "REFRESH MATERIALIZED VIEW m", "REFRESH MATERIALIZED VIEW is rejected"),
    Refused("index", "CREATE INDEX ON t (i)", "CREATE INDEX is rejected"),
    Refused("drop", "DROP TABLE t", "DROP TABLE is rejected"),
    Refused("grant", "GRANT SELECT ON t TO r", "GRANT is rejected"),
    Refused(
      "data-modifying CTE", "WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d",
      "DELETE in WITH d is rejected"),
    Refused(
      "data-modifying CTE below an UPDATE",
      "WITH d AS (INSERT INTO t VALUES (1) RETURNING i) UPDATE t SET i = 1 FROM d",
      "INSERT in WITH d is rejected"),
    Refused("SELECT INTO", "SELECT 1 INTO t", "SELECT INTO is rejected: it creates a table"),
    Refused("CURRENT OF", "DELETE FROM t WHERE CURRENT OF c", "WHERE CURRENT OF c is rejected"),
    Refused("EXPLAIN", "EXPLAIN ANALYZE DELETE FROM t", "EXPLAIN is rejected: give the statement itself"),
    Refused("BEGIN", "BEGIN", "BEGIN is rejected"),
    Refused("COMMIT", "COMMIT", "COMMIT is rejected"),
    Refused("SET", "SET work_mem = '1GB'", "SET is rejected: settings are given with --set NAME=VALUE"),
    Refused("PREPARE", "PREPARE p AS SELECT 1", "PREPARE is rejected"),
    Refused("EXECUTE", "EXECUTE p", "EXECUTE is rejected"),
    Refused("VACUUM", "VACUUM", "VACUUM is rejected"),
    Refused("LISTEN", "LISTEN c", "LISTEN is rejected"),
    Refused("NOTIFY", "NOTIFY c", "NOTIFY is rejected"),
    Refused("LOCK", "LOCK TABLE t", "LOCK is rejected"),
    Refused("psql's command", "SELECT 1 \\gexec", "\\gexec is rejected"),
  ]

  @Test(arguments: plans) func refusesWhatIsNoPlan(_ refused: Refused) async throws {
    try await Scratch.withFolder { folder in
      let file = try folder.file("plan.txt", refused.bytes)
      let run = try await Plandx.run(["offline", file, "-o", folder.appending(path: "report.md").path])
      #expect(run.firstError.hasPrefix("plandx: \(refused.error)"))
      #expect(run.status == 65)
      #expect(run.output.isEmpty)
      #expect(run.errors.split(separator: "\n").count == 1)
      #expect(try folder.names() == ["plan.txt"])
    }
  }

  /// No server is there: a refusal that needed one would have status 69.
  @Test(arguments: statements) func refusesAStatementBeforeAnyConnection(_ refused: Refused) async throws {
    try await Scratch.withFolder { folder in
      let file = try folder.file("query.sql", refused.bytes)
      let report = folder.appending(path: "report.md").path
      let run = try await Plandx.run(["analyze", "-h", folder.path, "-f", file, "-o", report])
      let lines = run.errors.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      #expect(run.firstError.hasPrefix("plandx: \(refused.error)"))
      #expect(lines.dropFirst().map(String.init) == refused.details)
      #expect(run.status == 65)
      #expect(run.output.isEmpty)
      #expect(try folder.names() == ["query.sql"])
    }
  }

  @Test(
    arguments: [
      (["offline", "FOLDER/none.txt"], 66, "FOLDER/none.txt: no such file"),
      (["offline", "FOLDER"], 66, "FOLDER: it cannot be read"),
      (["analyze", "-f", "FOLDER/none.sql"], 66, "FOLDER/none.sql: no such file"),
      (["check", "FOLDER/none.md"], 66, "FOLDER/none.md: no such file"),
      (["reassess", "FOLDER/none.md"], 66, "FOLDER/none.md: no such file"),
      (
        ["analyze", "-f", "FOLDER/q.sql", "SELECT 1"], 64,
        "a statement was given twice: as an argument and with -f; give one"
      ),
      (["analyze", "--nonsense", "SELECT 1"], 64, "Unknown option '--nonsense'; see plandx --help"),
      (["nonsense"], 64, "Unexpected argument 'nonsense'; see plandx --help"),
      (
        ["analyze", "--experiment-limit", "40", "SELECT 1"], 64,
        "--experiment-limit takes seconds from above 0 to 30: it may lower the rule, not raise it; see plandx --help"
      ),
      (
        ["analyze", "--timeout", "0", "SELECT 1"], 64,
        "--timeout takes seconds above 0, at most 2147483: the server counts milliseconds in 31 bits; see plandx --help"
      ),
      (
        ["analyze", "--timeout", "soon", "SELECT 1"], 64,
        "The value 'soon' is invalid for '--timeout <timeout>'; see plandx --help"
      ),
      (
        ["analyze", "--set", "work_mem", "SELECT 1"], 64,
        "--set takes NAME=VALUE, not 'work_mem'; see plandx --help"
      ),
      (
        ["analyze", "--fail-on", "awful", "SELECT 1"], 64,
        "The value 'awful' is invalid for '--fail-on <fail-on>'"
      ),
      (
        ["analyze", "-o", "FOLDER/none/report.md", "SELECT 1"], 73,
        "FOLDER/none/report.md cannot be written: there is no folder FOLDER/none; choose another file with -o"
      ),
      (
        ["analyze", "-o", "FOLDER", "SELECT 1"], 73,
        "FOLDER cannot be written: it is a folder; choose another file with -o"
      ),
      (
        ["offline", "FOLDER/plan.txt", "-o", "FOLDER"], 73,
        "FOLDER cannot be written: it is a folder; choose another file with -o"
      ),
      (
        ["analyze", "-h", "FOLDER", "SELECT 1"], 69,
        "no connection: connection to server on socket \"FOLDER/.s.PGSQL.5432\" failed"
      ),
      (
        ["analyze", "-d", "host=FOLDER nonsense=1", "SELECT 1"], 64,
        "no connection: invalid connection option"
      ),
    ] as [([String], Int32, String)]) func saysInOneLineWhatIsWrong(
      _ arguments: [String], _ status: Int32, _ error: String
    ) async throws
  {
    try await Scratch.withFolder { folder in
      _ = try folder.file("plan.txt", "Result  (cost=0.00..0.01 rows=1 width=4)\n".utf8)
      let run = try await Plandx.run(arguments.map { $0.replacing("FOLDER", with: folder.path) })
      #expect(run.firstError.hasPrefix("plandx: \(error.replacing("FOLDER", with: folder.path))"))
      #expect(run.status == status)
      #expect(run.output.isEmpty)
      #expect(run.errors.split(separator: "\n").count == 1)
      #expect(try folder.names() == ["plan.txt"])
    }
  }

  @Test(arguments: ["inf", "nan", "-1", "2147484", "1e15", "1e18", "1e20", "1e308", "1e999", "0x1p80"])
  func takesOnlySecondsThatAServerCanCount(_ seconds: String) async throws {
    try await Scratch.withFolder { folder in
      let statement = ["SELECT 1", "-h", folder.path]
      for arguments in [
        ["analyze", "--timeout=\(seconds)"] + statement,
        ["analyze", "--experiment-limit=\(seconds)"] + statement,
        ["analyze", "--dry-run", "--timeout=\(seconds)"] + statement,
        ["reassess", "--timeout=\(seconds)", "report.md"],
        ["reassess", "--dry-run", "--experiment-limit=\(seconds)", "report.md"],
      ] {
        let run = try await Plandx.run(arguments)
        #expect(run.status == 64, "\(arguments)")
        #expect(run.errors.split(separator: "\n").count == 1)
      }
    }
  }

  /// What a report prints for a value that it does not hold is no value.
  @Test(arguments: ["app.tenant", "work_mem"])
  func asksForAValueThatAReportDoesNotHold(_ name: String) async throws {
    for command in [
      ["analyze", "SELECT 1"], ["analyze", "--dry-run", "SELECT 1"], ["reassess", "report.md"],
    ] {
      let run = try await Plandx.run(command + ["--set", "\(name)=<not shown>"])
      #expect(
        run.errors
          == "plandx: --set \(name) is refused: give the value of \(name): reports do not hold it; see plandx --help\n"
      )
      #expect(run.status == 64)
    }
  }

  @Test(arguments: [("analyze", "a statement"), ("offline", "a plan"), ("rewrite", "a statement")])
  func asksATerminalForNothing(_ command: String, _ wanted: String) async throws {
    let terminal = try Terminal()
    let run = try await Invocation([command], input: .handle(terminal.side)).end()
    #expect(run.errors == "plandx: \(wanted) is missing: give it as an argument, as a file, or on stdin\n")
    #expect(run.status == 64)
    #expect(run.output.isEmpty)
  }

  /// What is copied with a statement, or in its place: the status, and how the first line ends.
  @Test(
    arguments: [
      ("postgres=# select 1;", 65, "; leave out psql's prompt 'postgres=#'"),
      ("mydb=> SELECT\nmydb-> 1;", 65, "; leave out psql's prompt 'mydb=>'"),
      ("SELECT 1,\nmy-db(# 2\nmy-db(# FROM t", 65, "; leave out psql's prompt 'my-db(#'"),
      ("shop=*# DELETE FROM t", 65, "; leave out psql's prompt 'shop=*#'"),
      ("shop=# \\d t", 65, "; leave out psql's prompt 'shop=#'"),
      (
        "2026-03-01 12:30:45.678 UTC [4711] LOG:  duration: 5.123 ms  statement: SELECT 1", 65,
        "; it begins like a line of the server's log: give what stands behind 'statement:' or 'execute …:'"
      ),
      ("```sql\nSELECT 1\n```", 65, "; leave out the lines with ``` or ~~~, which are Markdown's"),
      ("FOLDER/query.sql", 65, "; it is a file's name: give it with -f"),
      ("FOLDER/none.sql", 65, "grammar of this build"),
      ("sql=select 1", 65, "grammar of this build"),
      ("host=h dbname=d", 64, "a connection string is no statement; give it with -d"),
      (" PASSWORD = x", 64, "a connection string is no statement; give it with -d"),
      ("postgres://h/d", 64, "a connection string is no statement; give it with -d"),
      ("SELECT a =# 1 FORM t", 65, "grammar of this build"),
      ("SELECT E'x LOG:  y' FORM t", 65, "grammar of this build"),
    ] as [(String, Int32, String)])
  func saysWhatWasPastedWithAStatement(_ text: String, _ status: Int32, _ end: String) async throws {
    try await Scratch.withFolder { folder in
      _ = try folder.file("query.sql", "SELECT 1".utf8)
      let text = text.replacing("FOLDER", with: folder.path)
      for arguments in [["analyze", "-h", folder.path, text], ["rewrite", text]] {
        let run = try await Plandx.run(arguments)
        #expect(run.firstError.hasSuffix(end), "\(run.firstError)")
        #expect(run.status == status)
      }
    }
  }

  @Test func readsAStatementFromStdin() async throws {
    for arguments in [["rewrite"], ["rewrite", "-"]] {
      let run = try await Plandx.run(arguments, input: "DELETE FROM t WHERE i = 1")
      #expect(run.output == "SELECT t.ctid\nFROM t\nWHERE i = 1;\n")
      #expect(run.status == 0)
    }
  }
}

import Testing

@testable import Statements

/// A statement and what becomes of it, in one line: `ok`, `ok serial`, or the rejection's sentence.
struct AdmissionCase: Sendable, CustomTestStringConvertible {
  let sql: String
  let verdict: String

  init(_ sql: String, _ verdict: String) {
    self.sql = sql
    self.verdict = verdict
  }

  var testDescription: String { String(sql.prefix(80)) }
}

func verdict(on sql: String, values: Set<Int> = []) -> String {
  do {
    let admitted = try Admission.admit(StatementText(sql), parameters: .given(values))
    return admitted.mustRunSerially ? "ok serial" : "ok"
  } catch {
    return error.description
  }
}

@Suite struct AdmissionTests {
  @Test(arguments: queries) func admitsWhatOnlyReads(_ example: AdmissionCase) {
    #expect(verdict(on: example.sql) == example.verdict)
  }

  static let queries: [AdmissionCase] = [
    .init("SELECT 1", "ok"),
    .init("select 1;", "ok"),
    .init(" ;; SELECT 1 ; ; ", "ok"),
    .init("SELECT", "ok"),
    .init("VALUES (1), (2)", "ok"),
    .init("TABLE pg_class", "ok"),
    .init("WITH a AS (SELECT 1) SELECT * FROM a", "ok"),
    .init("WITH RECURSIVE r AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT * FROM r", "ok"),
    .init("WITH a AS MATERIALIZED (VALUES (1)) TABLE a", "ok"),
    .init("(SELECT 1)", "ok"),
    .init("(SELECT 1) UNION ALL (SELECT 2) ORDER BY 1 LIMIT 1", "ok"),
    .init("-- comment\nSELECT 1 -- INSERT INTO t VALUES (1);\n", "ok"),
    .init("/* DROP TABLE t; */ SELECT 1", "ok"),
    .init("/* a /* b */ ; c */ SELECT 1", "ok"),
    .init("SELECT ';DROP TABLE t;'", "ok"),
    .init("SELECT E'a\\';DROP TABLE t;--'", "ok"),
    .init("SELECT U&'\\003B' || U&'d!0061ta' UESCAPE '!'", "ok"),
    .init("SELECT $$;DELETE FROM t;$$", "ok"),
    .init("SELECT $tag$;$$;DELETE FROM t;$tag$", "ok"),
    .init("SELECT \"a;b\" FROM \"x;y\"", "ok"),
    .init("SELECT \"update\", \"insert\" FROM \"delete\"", "ok"),
    .init("SELECT update, share FROM t", "ok"),
    .init("SELECT substring(a FOR update) FROM t", "ok"),
    .init("SELECT overlay(a PLACING b FROM 1 FOR share) FROM t", "ok"),
    .init("SELECT 'é', 'ü' AS größe FROM straße", "ok"),
    .init("\u{FEFF}SELECT 1", "ok"),
    .init("SELECT 1\r\nFROM t\r\n", "ok"),
    .init("SELECT * FROM t WHERE a ? 'b'", "ok"),
    .init("SELECT count(*) FILTER (WHERE a) OVER (PARTITION BY b) FROM t", "ok"),
    .init("SELECT * FROM t TABLESAMPLE SYSTEM (1)", "ok"),
    .init("SELECT * FROM ROWS FROM (f(1), g(2)) AS x", "ok"),
    .init("SELECT pg_advisory_lock(1)", "ok"),
    .init("SELECT (SELECT 1 LIMIT 1) IN (SELECT 2)", "ok"),
    .init("SELECT * FROM t FOR READ ONLY", "ok"),
    .init("SELECT * FROM t FOR UPDATE", "ok serial"),
    .init("SELECT * FROM t FOR NO KEY UPDATE OF t NOWAIT", "ok serial"),
    .init("SELECT * FROM a, b FOR SHARE OF a FOR KEY SHARE OF b SKIP LOCKED", "ok serial"),
    .init("SELECT * FROM t FOR UPDATE LIMIT 5", "ok serial"),
    .init("SELECT * FROM (SELECT * FROM t FOR UPDATE SKIP LOCKED LIMIT 1) AS x", "ok serial"),
    .init("WITH q AS (SELECT * FROM t FOR SHARE) SELECT substring(a for update) FROM q", "ok serial"),
    .init("UPDATE t SET a = 1", "ok serial"),
    .init("DELETE FROM t WHERE a = 1 RETURNING *", "ok serial"),
    .init("WITH q AS (SELECT 1) UPDATE t SET a = 1 FROM q", "ok serial"),
    .init("WITH q AS (SELECT 1) DELETE FROM t USING q", "ok serial"),
    .init(
      "UPDATE t SET a = 1 WHERE id IN (SELECT id FROM t ORDER BY id FOR UPDATE SKIP LOCKED LIMIT 1)",
      "ok serial"),
  ]

  @Test(arguments: rejected) func rejectsByKind(_ example: AdmissionCase) {
    #expect(verdict(on: example.sql) == example.verdict)
  }

  private static func writes(_ sql: String, _ name: String) -> AdmissionCase {
    .init(sql, "\(name) is rejected: plan capture never runs a statement that writes")
  }

  private static func defines(_ sql: String, _ name: String) -> AdmissionCase {
    .init(sql, "\(name) is rejected: plan capture never changes definitions")
  }

  private static func transaction(_ sql: String, _ name: String) -> AdmissionCase {
    .init(sql, "\(name) is rejected: plan capture keeps a read-only transaction of its own")
  }

  private static func session(_ sql: String, _ name: String) -> AdmissionCase {
    .init(sql, "\(name) is rejected: settings are given with --set NAME=VALUE")
  }

  private static func utility(_ sql: String, _ name: String) -> AdmissionCase {
    .init(sql, "\(name) is rejected: only a query has a plan to capture")
  }

  private static func code(_ sql: String, _ name: String) -> AdmissionCase {
    .init(sql, "\(name) is rejected: it runs code that cannot be checked; give the query inside it")
  }

  private static func explain(_ sql: String) -> AdmissionCase {
    .init(sql, "EXPLAIN is rejected: give the statement itself; EXPLAIN is added here")
  }

  private static func prepared(_ sql: String, _ name: String) -> AdmissionCase {
    .init(sql, "\(name) is rejected: give the statement itself, with its values in it")
  }

  private static func cursor(_ sql: String, _ name: String) -> AdmissionCase {
    .init(sql, "\(name) is rejected: give the cursor's query itself")
  }

  private static func cte(_ sql: String, _ name: String) -> AdmissionCase {
    .init(sql, "\(name) is rejected: plan capture never runs a statement that writes")
  }

  static let rejected: [AdmissionCase] = [
    writes("INSERT INTO t VALUES (1)", "INSERT"),
    writes("insert into t select * from u", "INSERT"),
    writes("INSERT INTO t SELECT 1 ON CONFLICT DO NOTHING RETURNING a", "INSERT"),
    writes("WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a", "INSERT"),
    writes("MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DELETE", "MERGE"),
    writes(
      "WITH a AS (SELECT 1) MERGE INTO t USING a ON true WHEN NOT MATCHED THEN INSERT VALUES (1)", "MERGE"),
    writes("COPY t FROM STDIN", "COPY"),
    writes("COPY t TO '/tmp/x'", "COPY"),
    writes("COPY (SELECT 1) TO PROGRAM 'rm -rf /'", "COPY"),
    writes("TRUNCATE t", "TRUNCATE"),
    writes("REFRESH MATERIALIZED VIEW v", "REFRESH MATERIALIZED VIEW"),
    code("DO $$ BEGIN DELETE FROM t; END $$", "DO"),
    code("CALL p(1)", "CALL"),
    code("LOAD 'lib'", "LOAD"),
    explain("EXPLAIN SELECT 1"),
    explain("EXPLAIN (ANALYZE, BUFFERS) SELECT 1"),
    explain("explain analyze delete from t"),
    prepared("PREPARE q AS SELECT 1", "PREPARE"),
    prepared("EXECUTE q(1)", "EXECUTE"),
    prepared("DEALLOCATE q", "DEALLOCATE"),
    cursor("DECLARE c CURSOR FOR SELECT 1", "DECLARE"),
    cursor("FETCH NEXT FROM c", "FETCH"),
    cursor("MOVE 1 FROM c", "MOVE"),
    cursor("CLOSE c", "CLOSE"),
    transaction("BEGIN", "BEGIN"),
    transaction("START TRANSACTION READ WRITE", "START"),
    transaction("COMMIT", "COMMIT"),
    transaction("END", "END"),
    transaction("ROLLBACK", "ROLLBACK"),
    transaction("ROLLBACK TO s", "ROLLBACK"),
    transaction("SAVEPOINT s", "SAVEPOINT"),
    transaction("RELEASE s", "RELEASE"),
    transaction("PREPARE TRANSACTION 'x'", "PREPARE TRANSACTION"),
    transaction("COMMIT PREPARED 'x'", "COMMIT"),
    session("SET work_mem = '1GB'", "SET"),
    session("SET LOCAL transaction_read_only = off", "SET"),
    session("SET TRANSACTION READ WRITE", "SET"),
    session("SET ROLE postgres", "SET"),
    session("SET CONSTRAINTS ALL DEFERRED", "SET"),
    session("RESET ALL", "RESET"),
    session("DISCARD ALL", "DISCARD"),
    utility("SHOW work_mem", "SHOW"),
    utility("VACUUM t", "VACUUM"),
    utility("ANALYZE t", "ANALYZE"),
    utility("CLUSTER t", "CLUSTER"),
    utility("REINDEX TABLE t", "REINDEX"),
    utility("CHECKPOINT", "CHECKPOINT"),
    utility("LOCK TABLE t", "LOCK"),
    utility("LISTEN a", "LISTEN"),
    utility("NOTIFY a, 'x'", "NOTIFY"),
    utility("UNLISTEN *", "UNLISTEN"),
    defines("CREATE TABLE t (a int)", "CREATE TABLE"),
    defines("CREATE TABLE t AS SELECT 1", "CREATE TABLE"),
    defines("CREATE TEMP TABLE t AS SELECT 1", "CREATE TABLE"),
    defines("CREATE UNIQUE INDEX CONCURRENTLY i ON t (a)", "CREATE INDEX"),
    defines("CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "CREATE FUNCTION"),
    defines("CREATE PROCEDURE p() LANGUAGE sql AS 'DELETE FROM t'", "CREATE PROCEDURE"),
    defines("CREATE OR REPLACE VIEW v AS SELECT 1", "CREATE VIEW"),
    defines("CREATE MATERIALIZED VIEW v AS SELECT 1", "CREATE MATERIALIZED VIEW"),
    defines("CREATE EXTENSION hypopg", "CREATE EXTENSION"),
    defines("CREATE STATISTICS s ON a, b FROM t", "CREATE STATISTICS"),
    defines("CREATE RULE r AS ON SELECT TO t DO INSTEAD (SELECT 1; SELECT 2)", "CREATE RULE"),
    defines("ALTER TABLE t ADD COLUMN b int", "ALTER TABLE"),
    defines("ALTER SYSTEM SET work_mem = '1GB'", "ALTER SYSTEM"),
    defines("DROP TABLE t", "DROP TABLE"),
    defines("DROP INDEX i", "DROP INDEX"),
    defines("GRANT SELECT ON t TO public", "GRANT"),
    defines("COMMENT ON TABLE t IS 'x'", "COMMENT"),
    defines("SECURITY LABEL ON TABLE t IS 'x'", "SECURITY"),
    cte("WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d", "DELETE in WITH d"),
    cte("WITH i AS (INSERT INTO t VALUES (1) RETURNING a) SELECT 1", "INSERT in WITH i"),
    cte("WITH u AS (UPDATE t SET a = 1) SELECT 1", "UPDATE in WITH u"),
    cte(
      "WITH a AS (WITH b AS (DELETE FROM t RETURNING 1) SELECT * FROM b) SELECT * FROM a", "DELETE in WITH b"),
    cte(
      "SELECT * FROM (WITH x AS (INSERT INTO t VALUES (1) RETURNING 1) SELECT * FROM x) AS y",
      "INSERT in WITH x"),
    cte("SELECT (WITH x AS (UPDATE t SET a = 1 RETURNING 1) SELECT * FROM x)", "UPDATE in WITH x"),
    cte(
      "WITH d AS (DELETE FROM u RETURNING id) UPDATE t SET a = 1 FROM d WHERE t.id = d.id", "DELETE in WITH d"
    ),
    cte("WITH d AS (INSERT INTO u VALUES (1)) DELETE FROM t", "INSERT in WITH d"),
    .init("SELECT a INTO b FROM t", "SELECT INTO is rejected: it creates a table; leave out INTO"),
    .init(
      "WITH q AS (SELECT 1) SELECT * INTO TEMP b FROM q",
      "SELECT INTO is rejected: it creates a table; leave out INTO"),
    .init(
      "UPDATE t SET a = 1 WHERE CURRENT OF c",
      "WHERE CURRENT OF c is rejected: there is no cursor here; name the rows by a condition"),
    .init(
      "DELETE FROM t WHERE CURRENT OF c",
      "WHERE CURRENT OF c is rejected: there is no cursor here; name the rows by a condition"),
  ]

  @Test(arguments: unusable) func saysWhatIsWrongWithAText(_ example: AdmissionCase) {
    #expect(verdict(on: example.sql) == example.verdict)
  }

  private static let grammar =
    "not understood by the PostgreSQL \(PostgresGrammar.majorVersion) grammar of this build"

  private static func tooMany(_ count: Int, _ line: Int) -> String {
    "\(count) statements are rejected: one is analysed at a time; the second starts in line \(line)"
  }

  static let unusable: [AdmissionCase] = [
    .init("", "no statement: the text is empty or holds comments alone"),
    .init("  \n\t ", "no statement: the text is empty or holds comments alone"),
    .init("-- nothing\n/* here */", "no statement: the text is empty or holds comments alone"),
    .init(";;;", "no statement: the text is empty or holds comments alone"),
    .init("SELECT 1; SELECT 2", tooMany(2, 1)),
    .init("SELECT 1;\n\n-- next\nDELETE FROM t;", tooMany(2, 4)),
    .init("SELECT 1; COMMIT; DROP TABLE t", tooMany(3, 1)),
    .init("BEGIN; SELECT 1; COMMIT", tooMany(3, 1)),
    .init("SELECT a FORM t WHERE b", "syntax error at or near \"t\" (line 1, column 15): \(grammar)"),
    .init("SELECT 1\nFROM t\nWHERE a = = b", "syntax error at or near \"=\" (line 3, column 11): \(grammar)"),
    .init("SELECT 'é' 'ü' FROM FROM", "syntax error at or near \"'ü'\" (line 1, column 12): \(grammar)"),
    .init("SELECT 'abc", "unterminated quoted string at or near \"'abc\" (line 1, column 8): \(grammar)"),
    .init("SELECT /* a", "unterminated /* comment at or near \"/* a\" (line 1, column 8): \(grammar)"),
    .init(
      "SELECT $$a", "unterminated dollar-quoted string at or near \"$$a\" (line 1, column 8): \(grammar)"),
    .init("SELECT \"a", "unterminated quoted identifier at or near \"\"a\" (line 1, column 8): \(grammar)"),
    .init("hello", "syntax error at or near \"hello\" (line 1, column 1): \(grammar)"),
    .init("SELECT FROM t WHERE", "syntax error at end of input (line 1, column 20): \(grammar)"),
    .init("\\d t", "\\d is rejected: psql's own commands are not SQL; give the statement alone"),
    .init("SELECT 1 \\gset", "\\gset is rejected: psql's own commands are not SQL; give the statement alone"),
    .init(
      "SELECT $1",
      "$1 has no value: give the application's own by --param 1=value[:type] (in a statement from pg_stat_statements each $n stands for a constant)"
    ),
    .init(
      "SELECT $3 + $2",
      "$2 and $3 have no value: give the application's own by --param 2=value[:type] (in a statement from pg_stat_statements each $n stands for a constant)"
    ),
    .init(
      "UPDATE t SET a = $1 WHERE b = $2",
      "$1 and $2 have no value: give the application's own by --param 1=value[:type] (in a statement from pg_stat_statements each $n stands for a constant)"
    ),
    .init(
      "SELECT 1 \u{0} ; DROP TABLE t",
      "the statement has a NUL byte at offset 9: PostgreSQL's text cannot hold one"),
    .init(
      "SELECT '" + String(repeating: "x", count: 1 << 20) + "'",
      "the statement is too long: 1048585 bytes, of which at most 1048576 are parsed"),
    .init(
      "SELECT 1" + String(repeating: ",1", count: 60_000),
      "the statement is too long: 120002 tokens, of which at most 100000 are parsed"),
    .init(
      "SELECT 1" + String(repeating: "+1", count: 10_000),
      "the statement is nested too deeply: a server with default settings would refuse it as well"),
    .init("SELECT 1" + String(repeating: " UNION ALL SELECT 1", count: 5_000), "ok"),
    .init(
      "SELECT " + String(repeating: "(", count: 20_000) + "1" + String(repeating: ")", count: 20_000),
      "the statement is nested too deeply: a server with default settings would refuse it as well"),
    .init("SELECT " + String(repeating: "(", count: 500) + "1" + String(repeating: ")", count: 500), "ok"),
    .init(
      String(repeating: "/*", count: 101) + String(repeating: "*/", count: 101) + " SELECT 1",
      "comments are nested 101 levels deep: at most 100 are parsed"),
    .init(String(repeating: "/*", count: 100) + String(repeating: "*/", count: 100) + " SELECT 1", "ok"),
    .init("SELECT '" + String(repeating: "/*", count: 200) + "'", "ok"),
    .init(
      "SELECT $x$" + String(repeating: "/*", count: 200) + "$x$ -- " + String(repeating: "/*", count: 200),
      "ok"),
  ]

  @Test func asksForExactlyTheParametersOfTheStatement() {
    #expect(verdict(on: "SELECT $1, $2", values: [1, 2]) == "ok")
    #expect(verdict(on: "SELECT $1, $1", values: [1]) == "ok")
    #expect(
      verdict(on: "SELECT 1", values: [2])
        == "no $2 in the statement: a value was given for a parameter that it does not have")
    #expect(throws: Never.self) { try Admission.admit(StatementText("SELECT $1"), parameters: .notNeeded) }
  }

  @Test func namesTheByteThatIsNotUTF8() {
    let bytes = Array("SELECT 'é".utf8) + [0xC3, 0x28] + Array("'".utf8)
    #expect(throws: AdmissionError.invalidUTF8(byteOffset: 10)) { try StatementText(utf8: bytes) }
    #expect(throws: AdmissionError.invalidUTF8(byteOffset: 3)) {
      try StatementText(utf8: [0xEF, 0xBB, 0xBF, 0xFF])
    }
  }

  @Test func pointsAtTheErrorInItsLine() throws {
    let sql = "SELECT 1\n\tFROM größe WHEN x"
    guard
      case .syntax(let problem) = #expect(
        throws: AdmissionError.self, performing: { try Admission.admit(StatementText(sql)) })
    else { return }
    #expect(problem.excerpt == "\tFROM größe WHEN x")
    #expect(problem.caret == "\t           ^")
    #expect(problem.line == 2)
    #expect(problem.column == 13)
  }

  @Test func keepsTheUsersTextButForWhatEndsIt() throws {
    let admitted = try Admission.admit(
      StatementText("/*+ SeqScan(t) */ SELECT 1 -- one\n FROM t -- two\n; -- three"))
    #expect(admitted.original == "/*+ SeqScan(t) */ SELECT 1 -- one\n FROM t")
    #expect(admitted.sql.text == admitted.original)
    #expect(admitted.notes.isEmpty)
  }

  @Test(arguments: [
    ("SELECT * FROM t FOR UPDATE", "SELECT * FROM t", ["FOR UPDATE"]),
    ("SELECT * FROM t FOR UPDATE OF t NOWAIT LIMIT 5", "SELECT * FROM t LIMIT 5", ["FOR UPDATE OF t NOWAIT"]),
    (
      "SELECT * FROM (SELECT 1 FROM a.t -- x\n FOR NO KEY UPDATE OF t, u SKIP LOCKED) y FOR KEY SHARE",
      "SELECT * FROM (SELECT 1 FROM a.t -- x\n ) y",
      ["FOR NO KEY UPDATE OF t, u SKIP LOCKED", "FOR KEY SHARE"]
    ),
    ("SELECT 1 FROM t -- x\nFOR SHARE", "SELECT 1 FROM t", ["FOR SHARE"]),
  ])
  func dropsLockingClausesAndSaysSo(_ sql: String, _ expected: String, _ clauses: [String]) throws {
    let admitted = try Admission.admit(StatementText(sql))
    #expect(admitted.sql.text == expected)
    #expect(admitted.notes == [.lockingDropped(clauses)])
    #expect(admitted.original == sql)
  }

  @Test func explainsEachNoteInOneParagraph() throws {
    let notes = try Admission.admit(
      StatementText("WITH q AS (SELECT 1 FROM u FOR SHARE) DELETE FROM t USING q RETURNING 1")
    ).notes.map(\.description)
    #expect(notes.map { $0.prefix { $0 != " " } } == ["FOR", "DELETE", "RETURNING", "A"])
    #expect(notes.allSatisfy { $0.hasSuffix(".") && !$0.contains("\n") })
  }

  @Test func givesOneFingerprintToStatementsThatDifferInConstants() throws {
    let first = try Admission.admit(StatementText("SELECT a FROM t WHERE b = 1"))
    let second = try Admission.admit(StatementText("select a  from t where b = 27;"))
    #expect(first.fingerprint == second.fingerprint)
    #expect(first.fingerprint.count == 16)
    #expect(first.normalized == "SELECT a FROM t WHERE b = $1")
  }
}

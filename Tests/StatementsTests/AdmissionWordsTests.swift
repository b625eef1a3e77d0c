import AdmissionTable
import Testing

@testable import Statements

/// The sentences of rejections: one for each rule, word for word.
@Suite struct AdmissionWordsTests {
  private static let grammar =
    "not understood by the PostgreSQL \(PostgresGrammar.majorVersion) grammar of this build"
  private static let placeholder = "; in the place of a driver's placeholder write $1, with --param 1=VALUE"
  private static let noBreakSpace =
    "; \\u00A0 is a no-break space, which is no blank in SQL: write a blank"
  private static let tooDeep =
    "the statement is nested too deeply: plandx reads expressions of some thousand levels and no deeper"

  static let sentences: [(sql: String, rule: AdmissionRule, sentence: String)] = [
    (
      "INSERT INTO t VALUES (1)", .writes,
      "INSERT is rejected: plan capture never runs a statement that writes"
    ),
    (
      "CALL p()", .runsCode, "CALL is rejected: it runs code that cannot be checked; give the query inside it"
    ),
    ("DROP TABLE t", .changesDefinitions, "DROP TABLE is rejected: plan capture never changes definitions"),
    (
      "COMMIT", .controlsTransaction,
      "COMMIT is rejected: plan capture keeps a read-only transaction of its own"
    ),
    ("RESET ALL", .changesSession, "RESET is rejected: settings are given with --set NAME=VALUE"),
    ("EXPLAIN SELECT 1", .explains, "EXPLAIN is rejected: give the statement itself; EXPLAIN is added here"),
    ("EXECUTE q", .prepares, "EXECUTE is rejected: give the statement itself, with its values in it"),
    ("FETCH c", .usesCursor, "FETCH is rejected: give the cursor's query itself"),
    ("VACUUM", .isUtility, "VACUUM is rejected: only a query has a plan to capture"),
    (
      "WITH \"d\n\" AS (DELETE FROM t) SELECT 1", .dataModifyingCTE,
      "DELETE in WITH d\\u000A is rejected: plan capture never runs a statement that writes"
    ),
    ("SELECT 1 INTO t", .selectInto, "SELECT INTO is rejected: it creates a table; leave out INTO"),
    (
      "DELETE FROM t WHERE CURRENT OF c", .currentOf,
      "WHERE CURRENT OF c is rejected: there is no cursor here; name the rows by a condition"
    ),
    (" -- x", .empty, "no statement: the text is empty or holds comments alone"),
    (
      "SELECT 1;\n-- x\n\nSELECT 2; SELECT 3", .severalStatements,
      "3 statements are rejected: one is analysed at a time; the second starts in line 4"
    ),
    (
      "SELECT 1 \\gset x", .psqlCommand,
      "\\gset is rejected: psql's own commands are not SQL; give the statement alone"
    ),
    ("SELECT a FORM t\nWHERE b", .syntax, "syntax error at or near \"t\" (line 1, column 15): \(grammar)"),
    ("SELECT 'é' 'ü'", .syntax, "syntax error at or near \"'ü'\" (line 1, column 12): \(grammar)"),
    ("SELECT FROM t WHERE", .syntax, "syntax error at end of input (line 1, column 20): \(grammar)"),
    (
      "SELECT 'abc\nINSERT", .syntax,
      "unterminated quoted string at or near \"'abc…\" (line 1, column 8): \(grammar)"
    ),
    (
      "SELECT * FROM t WHERE a = ? AND b", .syntax,
      "syntax error at or near \"AND\" (line 1, column 29): \(grammar)\(placeholder)"
    ),
    (
      "SELECT * FROM t WHERE a = ?", .syntax,
      "syntax error at end of input (line 1, column 28): \(grammar)\(placeholder)"
    ),
    (
      "SELECT * FROM t WHERE a = %s", .syntax,
      "syntax error at or near \"%\" (line 1, column 27): \(grammar)\(placeholder)"
    ),
    (
      "SELECT * FROM t WHERE a = %(id)s", .syntax,
      "syntax error at or near \"%\" (line 1, column 27): \(grammar)\(placeholder)"
    ),
    (
      "SELECT * FROM t WHERE a = :id", .syntax,
      "syntax error at or near \":\" (line 1, column 27): \(grammar)\(placeholder)"
    ),
    // No placeholders.
    ("SELECT a -- really?\nFORM t", .syntax, "syntax error at or near \"t\" (line 2, column 6): \(grammar)"),
    ("SELECT 1 -- why?\n)", .syntax, "syntax error at or near \")\" (line 2, column 1): \(grammar)"),
    ("SELECT a ? 'k' FORM t", .syntax, "syntax error at or near \"t\" (line 1, column 21): \(grammar)"),
    ("SELECT 'a?' )", .syntax, "syntax error at or near \")\" (line 1, column 13): \(grammar)"),
    ("SELECT \u{1B} 1", .syntax, "syntax error at or near \"\\u001B\" (line 1, column 8): \(grammar)"),
    (
      "SELECT\u{A0}1", .syntax,
      "syntax error at or near \"SELECT\\u00A01\" (line 1, column 1): \(grammar)\(noBreakSpace)"
    ),
    (
      "SELECT 'x'\u{A0} FROM )", .syntax,
      "syntax error at or near \")\" (line 1, column 18): \(grammar)\(noBreakSpace)"
    ),
    (
      "SELECT $99999999999", .parameterNumber,
      "$99999999999 is rejected: parameters are $1 to $65535"
    ),
    ("SELECT $65536", .parameterNumber, "$65536 is rejected: parameters are $1 to $65535"),
    ("SELECT $0", .parameterNumber, "$0 is rejected: parameters are $1 to $65535"),
    (
      "SELECT \u{0}", .containsNUL,
      "the statement has a NUL byte at offset 7: PostgreSQL's text cannot hold one"
    ),
    (
      "SELECT '" + String(repeating: "x", count: 1 << 20) + "'", .tooLong,
      "the statement is too long: 1048585 bytes, of which at most 1048576 are parsed"
    ),
    (
      String(repeating: ";", count: 100_001), .tooManyTokens,
      "the statement is too long: 100001 tokens, of which at most 100000 are parsed"
    ),
    ("SELECT 1" + String(repeating: "+1", count: 10_000), .tooDeep, tooDeep),
    ("SELECT " + String(repeating: "(", count: 20_000), .tooDeep, tooDeep),
    (
      String(repeating: "/*", count: 101), .commentsTooDeep,
      "comments are nested 101 levels deep: at most 100 are parsed"
    ),
    (
      "SELECT " + String(repeating: "+", count: 5_000) + "1", .operatorsTooDense,
      "5000 operator characters stand in a row: PostgreSQL's parser would need too long to read them"
    ),
  ]

  @Test(arguments: sentences) func saysOneSentence(_ sql: String, _ rule: AdmissionRule, _ sentence: String)
    throws
  {
    let error = try #require(throws: AdmissionError.self) { try Admission.admit(StatementText(sql)) }
    #expect(AdmissionRule(error) == rule)
    #expect(error.description == sentence)
  }

  @Test func saysOneSentenceOfWhatTextAloneCannotShow() {
    let missing: [AdmissionError] = [.parametersWithoutValues([2, 3]), .unusedParameterValues([4])]
    #expect(missing.map { AdmissionRule($0) } == [.parameterWithoutValue, .unusedParameterValue])
    #expect(missing[0].description.hasPrefix("$2 and $3 have no value: "))
    #expect(
      missing[1].description
        == "no $4 in the statement: a value was given for a parameter that it does not have")
    #expect(
      AdmissionError.invalidUTF8(byteOffset: 7).description
        == "the statement is not UTF-8: the byte at offset 7 does not belong")
    #expect(
      AdmissionError.rewriteDiffers(clause: "WHERE").description
        == "internal error: the SELECT made from the statement differs from it in WHERE; nothing was run")
  }

  /// As the user wrote them, without the words that only modify.
  @Test(arguments: [
    ("create temp table t as select 1", "CREATE TABLE"),
    ("CREATE UNIQUE INDEX CONCURRENTLY i ON t (a)", "CREATE INDEX"),
    ("CREATE OR REPLACE FUNCTION f() RETURNS int RETURN 1", "CREATE FUNCTION"),
    ("CREATE MATERIALIZED VIEW v AS SELECT 1", "CREATE MATERIALIZED VIEW"),
    ("CREATE FOREIGN TABLE f (a int) SERVER s", "CREATE FOREIGN TABLE"),
    ("REFRESH MATERIALIZED VIEW v", "REFRESH MATERIALIZED VIEW"), ("ALTER SYSTEM RESET ALL", "ALTER SYSTEM"),
    ("PREPARE TRANSACTION 'x'", "PREPARE TRANSACTION"), ("PREPARE q AS SELECT 1", "PREPARE"),
    ("START TRANSACTION", "START"), ("COPY (SELECT 1) TO STDOUT", "COPY"), ("SET ROLE x", "SET"),
    ("WITH q AS (SELECT 1) INSERT INTO t TABLE q", "INSERT"), ("/* x */ NOTIFY n", "NOTIFY"),
    ("SECURITY LABEL ON TABLE t IS 'x'", "SECURITY LABEL"),
    ("IMPORT FOREIGN SCHEMA a FROM SERVER b INTO c", "IMPORT FOREIGN SCHEMA"),
    ("CREATE TEXT SEARCH PARSER p (START = f)", "CREATE TEXT SEARCH PARSER"),
    ("CREATE CONSTRAINT TRIGGER x AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()", "CREATE TRIGGER"),
    ("CREATE EVENT TRIGGER x ON ddl_command_end EXECUTE FUNCTION f()", "CREATE EVENT TRIGGER"),
    ("CREATE ACCESS METHOD a TYPE INDEX HANDLER h", "CREATE ACCESS METHOD"),
    ("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO public", "ALTER DEFAULT PRIVILEGES"),
    ("CREATE USER MAPPING FOR x SERVER s", "CREATE USER MAPPING"), ("CREATE USER x", "CREATE USER"),
    ("CREATE OPERATOR CLASS o FOR TYPE int USING btree AS OPERATOR 1 <", "CREATE OPERATOR CLASS"),
    ("DROP OWNED BY x", "DROP OWNED"), ("ALTER LARGE OBJECT 1 OWNER TO x", "ALTER LARGE OBJECT"),
  ])
  func namesTheStatement(_ sql: String, _ name: String) throws {
    guard
      case .statement(let found, _) = try #require(
        throws: AdmissionError.self, performing: { try Admission.admit(StatementText(sql)) })
    else {
      Issue.record("no kind of statement")
      return
    }
    #expect(found == name)
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

  @Test func explainsEachNoteInOneParagraph() throws {
    let notes = try Admission.admit(
      StatementText("WITH q AS (SELECT 1 FROM u FOR SHARE) DELETE FROM t USING q RETURNING 1")
    ).notes.map(\.description)
    #expect(notes.map { $0.prefix { $0 != " " } } == ["FOR", "DELETE", "RETURNING", "A"])
    #expect(notes.allSatisfy { $0.hasSuffix(".") && !$0.contains("\n") })
  }
}

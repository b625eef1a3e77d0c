import Catalog
import Postgres
import Statements
import Testing
import ThrowawayServer

@testable import Workflow

/// What a dry run lists is what a run sends: compared with the server's own log.
@Suite(.serialized) struct DryRunTests {
  private static let made = Task { try await LoggedServer.makeDatabase(script: script) }

  private static let script = """
    CREATE TABLE a (i int PRIMARY KEY, t text, k int);
    INSERT INTO a SELECT i, 'x' || i % 50, i % 7 FROM generate_series(1, 5000) i;
    CREATE TABLE b (i int, n numeric);
    INSERT INTO b SELECT i % 900, i FROM generate_series(1, 9000) i;
    CREATE VIEW v AS SELECT i, upper(t) AS t FROM a WHERE k > 2;
    ANALYZE;
    CREATE ROLE dry_app; GRANT SELECT ON a, b, v TO dry_app;
    """

  struct Case: Sendable {
    var sql: String
    var values: [String?] = []
    var type: String?
    var kind = PlanKind.custom
    var settings: [TransactionSettings.Setting] = []
  }

  static let cases = [
    Case(sql: "SELECT 1"),
    Case(sql: "SELECT count(*) FROM a JOIN b ON b.i = a.i WHERE a.t = 'x3' AND a.k = 2 ORDER BY 1"),
    Case(sql: "SELECT * FROM v JOIN b USING (i) ORDER BY n", settings: [.init("work_mem", "64kB")]),
    Case(sql: "SELECT * FROM a WHERE t = $1 AND k = $2 -- the end\n", values: ["x4", nil], type: "int"),
    Case(
      sql: "SELECT * FROM a JOIN b USING (i) WHERE t = $1", values: ["x4"], kind: .generic,
      settings: [.init("search_path", "public"), .init("role", "dry_app")]),
    Case(sql: "UPDATE a SET t = 'y' FROM b WHERE b.i = a.i AND a.k = 1"),
    Case(sql: "DELETE FROM a WHERE t = $1", values: ["x4"], kind: .generic),
    Case(sql: "SELECT a.i FROM a WHERE k IN (SELECT i FROM b) FOR UPDATE"),
  ]

  @Test(arguments: cases.indices) func listsEveryStatementThatTheServerLogs(_ index: Int) async throws {
    let example = Self.cases[index]
    let logged = try await LoggedSession(Self.made.value)
    _ = try await logged.session.identify()
    let request = try await request(example, on: logged.session)
    _ = try await request.analyzed(on: logged.session)
    let templates = try await DryRun(request, functions: FunctionAdmission(), options: AnalysisOptions())
      .steps()
      .flatMap(\.transactions).joined().map { try Self.pattern($0.sql) }
    let sent = try await logged.statements()
    #expect(sent.count > 50)
    for sql in Set(sent) {
      let isListed = try templates.contains { try $0.wholeMatch(in: Self.normalized(sql)) != nil }
      #expect(isListed, "\(sql)")
    }
  }

  private func request(_ example: Case, on session: Session) async throws -> CaptureRequest {
    let parameters = example.values.enumerated().map {
      BoundParameters.Parameter(
        number: $0.offset + 1, value: $0.element, typeName: $0.offset == 1 ? example.type : nil)
    }
    let text = try StatementText(example.sql)
    let form = try await StatementPreparation(engine: .postgres, settings: example.settings).rewriteForm(
      of: text, on: session)
    let statement = try Admission.admit(
      text, parameters: .given(Set(parameters.map(\.number))), form: form)
    return CaptureRequest(
      statement: statement, engine: .postgres, settings: example.settings,
      parameters: BoundParameters(parameters), planKind: example.kind)
  }

  /// A listed statement as a pattern: `<…>` stands for anything.
  private static func pattern(_ sql: String) throws -> Regex<AnyRegexOutput> {
    let special: Set<Character> = Set("\\^$.|?*+()[]{}")
    let pieces = normalized(sql).split(separator: /<[A-Za-z,][^<>]*>/, omittingEmptySubsequences: false)
    let escaped = pieces.map { piece in piece.map { special.contains($0) ? "\\\($0)" : "\($0)" }.joined() }
    return try Regex(escaped.joined(separator: "(?s:.*)"))
  }

  private static func normalized(_ sql: String) -> String {
    sql.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  @Test func listsTimeLimitsAndValuesAsTheyAreBound() async throws {
    let statement = try Admission.admit(
      StatementText("SELECT 1 FROM t WHERE i = $1"), parameters: .given([1]))
    let request = CaptureRequest(
      statement: statement, engine: .postgres, timeout: .seconds(7),
      parameters: BoundParameters([.init(number: 1, value: "41")]))
    let steps = try await DryRun(request, functions: FunctionAdmission(), options: AnalysisOptions()).steps()
    let capture = try #require(steps.first { $0.purpose.hasPrefix("The capture") })
    #expect(capture.budget == "7 s (--timeout) each, 10 s for what follows SAVEPOINT")
    let sent = try #require(capture.transactions.first)
    #expect(sent.first?.sql.hasSuffix("READ ONLY") == true && sent.last?.sql == "ROLLBACK")
    #expect(sent.contains { $0.parameters == ["statement_timeout", "7000ms"] })
    #expect(sent.filter { $0.sql.hasPrefix("EXPLAIN") }.map(\.parameters) == [["41"], ["41"]])
  }

  @Test func listsForAnEngineWithoutSettingsWhatItWouldBeSent() async throws {
    let statement = try Admission.admit(StatementText("DELETE FROM t WHERE i = 1"), form: RewriteForm(.dsql))
    let steps = try await DryRun(
      CaptureRequest(statement: statement, engine: .dsql), functions: FunctionAdmission(),
      options: AnalysisOptions()
    ).steps()
    let sent = steps.flatMap(\.transactions).joined().map(\.sql)
    #expect(sent.contains("EXPLAIN ANALYZE VERBOSE SELECT t.*\nFROM t\nWHERE i = 1"), "\(sent)")
    #expect(!sent.contains { $0.contains("EXPLAIN (") || $0.contains("PREPARE ") })
    let opening = steps.flatMap(\.transactions).joined().flatMap(\.parameters)
    #expect(!opening.contains("statement_timeout") && !opening.contains("work_mem"))
  }
}

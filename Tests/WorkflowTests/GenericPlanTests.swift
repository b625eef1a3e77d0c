import Catalog
import Diagnosis
import PlanModel
import Postgres
import Statements
import Testing
import ThrowawayServer

@testable import Workflow

/// Statements with parameters: custom and generic plans on a real server.
@Suite(.serialized) struct GenericPlanTests {
  private static let made = Task { try await LoggedServer.makeDatabase(script: script) }

  /// 99.9 percent of the rows are common, so that the values decide the custom plan.
  private static let script = """
    CREATE TABLE skewed (id int PRIMARY KEY, kind text, other int);
    INSERT INTO skewed SELECT i, CASE WHEN i % 1000 = 0 THEN 'rare' ELSE 'common' END, i % 9
      FROM generate_series(1, 50000) i;
    CREATE INDEX ON skewed (kind);
    CREATE TABLE small (id int PRIMARY KEY);
    INSERT INTO small SELECT i FROM generate_series(1, 3000) i;
    CREATE TABLE moody (id int, mood text);
    CREATE TYPE feeling AS ENUM ('sad', 'happy');
    CREATE DOMAIN checked AS int CHECK (VALUE > 0);
    CREATE TYPE pair AS (a checked, b int);
    CREATE TYPE coded AS ENUM ('a');
    CREATE FUNCTION code(text) RETURNS coded LANGUAGE sql AS 'SELECT ''a''::coded';
    CREATE CAST (text AS coded) WITH FUNCTION code(text);
    CREATE TABLE codes (c coded);
    CREATE TABLE typed (i int, b bigint, n numeric, t timestamptz, d date, u uuid, a int[], j jsonb, x bytea,
      v varchar(5), c char(4), q "char", o boolean, e feeling, r int4range, f float8, w interval, h bit(3));
    INSERT INTO typed VALUES (1, 2, 3.5, '2024-01-01 10:30+00', '2024-02-02',
      '00000000-0000-0000-0000-000000000001', '{1,2}', '{"a": 1}', '\\x00ff', 'abc', 'ab', 'z', true, 'happy',
      '[1,5)', 0.1, '1 day', B'101');
    ANALYZE;
    """

  private func request(
    _ sql: String, _ parameters: [BoundParameters.Parameter], _ kind: PlanKind = .custom, on session: Session
  ) async throws -> CaptureRequest {
    let text = try StatementText(sql)
    let form = try await StatementPreparation(engine: .postgres, settings: []).rewriteForm(
      of: text, on: session)
    let statement = try Admission.admit(
      text, parameters: .given(Set(parameters.map(\.number))), form: form)
    return CaptureRequest(
      statement: statement, engine: .postgres, timeout: .seconds(20),
      parameters: BoundParameters(parameters), planKind: kind)
  }

  private func capture(
    _ sql: String, _ values: [String?], _ kind: PlanKind = .custom, on session: Session
  ) async throws -> Capture {
    let parameters = values.enumerated().map {
      BoundParameters.Parameter(number: $0.offset + 1, value: $0.element)
    }
    return try await request(sql, parameters, kind, on: session).captured(on: session)
  }

  private static let byKind = "SELECT * FROM skewed WHERE kind = $1"

  /// Why the obvious way is not taken: with values bound, EXPLAIN is deaf to `plan_cache_mode`.
  @Test func plansForBoundValuesWhateverPlanCacheModeSays() async throws {
    let session = try await LoggedSession(Self.made.value).session
    let plan = try await session.transaction(
      TransactionSettings(
        statementTimeout: .seconds(9), settings: [.init("plan_cache_mode", "force_generic_plan")])
    ) { transaction throws(PostgresError) in
      try await transaction.query("EXPLAIN \(Self.byKind)", parameters: ["rare"])
    }
    #expect(plan.contains { $0[0]?.contains("'rare'") == true })
    await #expect(throws: PostgresError.self) {
      try await session.transaction(TransactionSettings(statementTimeout: .seconds(9))) {
        transaction throws(PostgresError) in
        _ = try await transaction.query("PREPARE p AS \(Self.byKind)")
        _ = try await transaction.query("EXPLAIN EXECUTE p($1)", parameters: ["rare"])
      }
    }
  }

  @Test func capturesTheCustomPlanOfEachValue() async throws {
    let session = try await LoggedSession(Self.made.value).session
    let rare = try await capture(Self.byKind, ["rare"], on: session)
    let common = try await capture(Self.byKind, ["common"], on: session)
    #expect(
      rare.plan.plan.root.type.name.contains("Index Scan") || rare.plan.plan.root.type.name.contains("Bitmap")
    )
    #expect(common.plan.plan.root.type.name == "Seq Scan")
    #expect(rare.plan.plan.root.actual.figures?.rows == 50)
    #expect(rare.parameters.all.map(\.type?.label) == ["text"])
    guard case .estimated(let generic)? = rare.otherPlan else {
      Issue.record("no generic plan: \(String(describing: rare.otherPlan))")
      return
    }
    #expect(generic.root.estimate?.planRows == 25_000)
    let comparison = try #require(PlanKindComparison(common, .custom, cpuOperatorCost: 0.0025))
    #expect(!comparison.isSamePlan && comparison.genericCost == generic.root.estimate?.totalCost)
  }

  @Test func capturesTheGenericPlanAndRunsItWithTheValues() async throws {
    let session = try await LoggedSession(Self.made.value).session
    for (value, rows) in [("rare", 50.0), ("common", 49_950), (nil, 0)] {
      let capture = try await capture(Self.byKind, [value], .generic, on: session)
      #expect(capture.plan.text.contains("kind = $1"))
      #expect(capture.plan.plan.root.estimate?.planRows == 25_000)
      #expect(capture.plan.plan.root.actual.figures?.rows == rows)
      #expect(try await session.query("SELECT count(*) FROM pg_prepared_statements")[0][0] == "0")
    }
    #expect(try await session.query("SELECT current_setting('plandx.p1')")[0][0] == "")
  }

  /// PostgreSQL itself takes the generic plan from the sixth execution on where the comparison says so.
  @Test(arguments: [
    ("SELECT * FROM skewed WHERE kind = $1", "'rare'", PlanKindComparison.Outlook.custom),
    ("SELECT * FROM small WHERE id = $1", "7", .generic),
  ])
  func foretellsWhatTheServerDoes(
    _ sql: String, _ literal: String, _ outlook: PlanKindComparison.Outlook
  ) async throws {
    let session = try await LoggedSession(Self.made.value).session
    let value = literal.filter { $0 != "'" }
    let captured = try await capture(sql, [value], on: session)
    #expect(PlanKindComparison(captured, .custom, cpuOperatorCost: 0.0025)?.sixthExecution == outlook)
    let server = try await Self.made.value.run(
      sql: "PREPARE p AS \(sql);" + String(repeating: "EXECUTE p(\(literal)) \\g /dev/null\n", count: 6)
        + "SELECT generic_plans > 0 FROM pg_prepared_statements WHERE name = 'p'")
    #expect(server.split(separator: "\n").last.map { $0 == "t" } == (outlook == .generic))
  }

  static let columns: [(String, String?)] = [
    ("i", "1"), ("b", "2"), ("n", "3.5"), ("t", "2024-01-01 10:30+00"), ("d", "2024-02-02"),
    ("u", "00000000-0000-0000-0000-000000000001"), ("a", "{1,2}"), ("j", "{\"a\": 1}"), ("x", "\\x00ff"),
    ("v", "abc"), ("c", "ab"), ("q", "z"), ("o", "t"), ("e", "happy"), ("r", "[1,5)"), ("f", "0.1"),
    ("w", "1 day"), ("h", "101"),
  ]

  /// A value means the same to both plans, of whatever type it is.
  @Test(arguments: columns) func bindsValuesOfEveryType(_ column: String, _ value: String?) async throws {
    let session = try await LoggedSession(Self.made.value).session
    for kind in [PlanKind.custom, .generic] {
      let sql = "SELECT 1 FROM typed WHERE \(column) = $1"
      let found = try await capture(sql, [value], kind, on: session)
      #expect(found.plan.plan.root.actual.figures?.rows == 1, "\(column) \(kind)")
      let none = try await capture(sql, [nil], kind, on: session)
      #expect(none.plan.plan.root.actual.figures?.totalRows ?? 0 == 0)
    }
  }

  @Test func keepsHostileValuesOutOfTheSQL() async throws {
    let logged = try await LoggedSession(Self.made.value)
    let value = "'; DROP TABLE skewed; -- \" \\ $1 :x \n \u{1F600}"
    for kind in [PlanKind.custom, .generic] {
      _ = try await capture(Self.byKind, [value], kind, on: logged.session)
      _ = try await capture(Self.byKind, [""], kind, on: logged.session)
    }
    #expect(try await !logged.statements().contains { $0.contains("DROP TABLE") })
  }

  @Test func carriesTheValuesThroughEveryPhase() async throws {
    let logged = try await LoggedSession(Self.made.value)
    let sql = "SELECT count(*) FROM skewed k JOIN small s ON s.id = k.id WHERE k.kind = $3 AND k.other > $1"
    for kind in [PlanKind.custom, .generic] {
      let before = try await logged.statements().count
      let request = try await request(
        sql, [.init(number: 3, value: "common"), .init(number: 1, value: "4", typeName: "bigint")], kind,
        on: logged.session)
      let result = try await request.analyzed(on: logged.session)
      guard case .done(let table) = result.experiments else {
        Issue.record("no experiments")
        return
      }
      for variant in table.variants {
        if case .failed(let message) = variant.outcome { Issue.record("\(kind) \(variant.name): \(message)") }
      }
      let generic = table.variants.compactMap(\.plan).allSatisfy { plan in
        plan.settings.contains { $0.key.name == "plan_cache_mode" }
      }
      #expect(generic == (kind == .generic))
      let counts = result.evidence.relations.flatMap(\.predicateCounts)
      #expect(counts.contains { $0.rows == 49_950 }, "\(counts)")
      #expect(result.evidence.gaps.isEmpty, "\(result.evidence.gaps)")
      let sent = try await logged.statements().dropFirst(before)
      let (prepared, removed) = (
        sent.count { $0.hasPrefix("PREPARE plandx_") }, sent.count { $0.hasPrefix("DEALLOCATE plandx_") }
      )
      #expect(prepared == removed && prepared > (kind == .generic ? 3 : 0))
      #expect(
        sent.filter { $0.hasPrefix("EXPLAIN (ANALYZE") }.allSatisfy { $0.contains("EXECUTE") == generic })
    }
  }

  /// Before release 17 `$1` in a plan is the parameter or what an InitPlan returns: which, nobody can tell.
  @Test func countsNoConditionWhoseParameterMayBeAnInitPlans() async throws {
    let session = try await LoggedSession(Self.made.value).session
    let request = try await request(
      """
      SELECT * FROM skewed WHERE kind = $1 AND other > (SELECT min(id) - 1 FROM small)
        AND id < (SELECT max(id) FROM small)
      """, [.init(number: 1, value: "rare")], .generic, on: session)
    let result = try await request.analyzed(on: session)
    let isAmbiguous = result.capture.plan.text.contains("(returns $1)")
    let counted = result.evidence.relations.flatMap(\.predicateCounts).flatMap(\.predicates)
    #expect(counted.contains { $0.contains("$1") } != isAmbiguous)
    #expect(result.evidence.gaps.isEmpty)
  }

  /// RETURNING has a parameter that the SELECT has not, SET gives another its column's type, $4 is in none.
  @Test(arguments: [PlanKind.custom, .generic])
  func comparesAnUpdateWhoseParametersDifferFromItsSelects(_ kind: PlanKind) async throws {
    let session = try await LoggedSession(Self.made.value).session
    let request = try await request(
      "UPDATE skewed SET other = $3, kind = $2 WHERE kind = $2 AND id < $6 RETURNING $1::date, $5::int[]",
      [
        .init(number: 1, value: "2024-01-01"), .init(number: 2, value: "rare"), .init(number: 3, value: "5"),
        .init(number: 5, value: "{1}"), .init(number: 6, value: "900", typeName: "int"),
      ], kind, on: session)
    let capture = try await request.captured(on: session)
    #expect(capture.fidelity == .same)
    #expect(capture.plan.plan.isAnalyzed)
  }

  @Test func confirmsACountWithTheValues() async throws {
    let session = try await LoggedSession(Self.made.value).session
    let request = try await request(Self.byKind, [.init(number: 1, value: "rare")], on: session)
    let rows = try await session.answer(to: request.counting)
    #expect(rows[0][0] == "50")
  }

  static let refusedTypes: [(String, String, ParameterTypeProblem)] = [
    ("5", "checked", .runsCode), ("(1,2)", "pair", .runsCode),
    ("{1}", "checked[]", .runsCode), ("5", "nothing", .unknown), ("5", "int; SELECT 1", .unknown),
    ("5", "", .unknown),
  ]

  @Test(arguments: refusedTypes) func refusesTypesThatItDoesNotKnowOrThatRunCode(
    _ value: String, _ type: String, _ problem: ParameterTypeProblem
  ) async throws {
    let session = try await LoggedSession(Self.made.value).session
    let request = try await request(
      "SELECT 1 FROM small WHERE id = $1", [.init(number: 1, value: value, typeName: type)], on: session)
    let caught = await #expect(throws: CaptureError.self) {
      try await request.captured(on: session)
    }
    #expect(caught == .parameterType(number: 1, name: type, problem))
  }

  @Test func takesTypesAsTheSessionFindsThem() async throws {
    let session = try await LoggedSession(Self.made.value).session
    for (value, type, label) in [
      ("happy", "feeling", "feeling"), ("{happy}", "feeling[]", "feeling[]"),
      ("5", "numeric(10,2)", "numeric"), ("x", "varchar", "character varying"),
    ] {
      let request = try await request(
        "SELECT $1 FROM small", [.init(number: 1, value: value, typeName: type)], on: session)
      let capture = try await request.captured(on: session)
      #expect(capture.parameters.all.first?.type?.label == label)
    }
  }

  /// The value of such a type would be made of text by the function behind the cast.
  @Test func runsNoFunctionToMakeAValue() async throws {
    let session = try await LoggedSession(Self.made.value).session
    let sql = "SELECT 1 FROM codes WHERE c = $1"
    let custom = try await capture(sql, ["a"], on: session)
    guard case .unknown? = custom.otherPlan else {
      Issue.record("\(String(describing: custom.otherPlan))")
      return
    }
    let caught = await #expect(throws: CaptureError.self) {
      try await capture(sql, ["a"], .generic, on: session)
    }
    #expect(caught == .noGenericPlan(.castByFunction(type: "coded")))
  }

  static let errors: [(String, String, String, Int?)] = [
    ("SELECT 1 / $1 FROM small", "0", "22012", nil),
    ("SELECT none FROM small WHERE id = $1", "1", "42703", 8),
    ("SELECT 1 FROM small WHERE id = $1", "x", "22P02", nil),
    ("SELECT $1", "x", "", nil),
  ]

  @Test(arguments: errors) func leavesNothingPreparedAfterAnError(
    _ sql: String, _ value: String, _ state: String, _ position: Int?
  ) async throws {
    let logged = try await LoggedSession(Self.made.value)
    do {
      _ = try await capture(sql, [value], .generic, on: logged.session)
      #expect(state.isEmpty)
    } catch let error as CaptureError {
      guard case .postgres(.server(let server)) = error else { throw error }
      #expect(server.sqlState.rawValue == state)
      #expect(server.position == position)
    }
    #expect(try await logged.session.query("SELECT count(*) FROM pg_prepared_statements")[0][0] == "0")
  }

  @Test func removesAPreparedStatementInTheRoundTripOfTheRollback() async throws {
    let session = try await LoggedSession(Self.made.value).session
    let name = PreparedName()
    let before = await session.roundTrips
    try await session.transaction(TransactionSettings(statementTimeout: .seconds(9))) {
      transaction throws(PostgresError) in
      try await transaction.prepare(name, by: Statement("PREPARE \(name) AS SELECT 1"))
    }
    #expect(await session.roundTrips == before + 3)
    #expect(try await session.query("SELECT count(*) FROM pg_prepared_statements")[0][0] == "0")
  }

  @Test func fallsBackToThePlainGenericPlanWhenTheTimeIsOver() async throws {
    let session = try await LoggedSession(Self.made.value).session
    var request = try await request(
      "SELECT pg_sleep($1) FROM small", [.init(number: 1, value: "5")], .generic, on: session)
    request.timeout = .milliseconds(300)
    let capture = try await request.captured(on: session)
    #expect(capture.timedOutAfter == .milliseconds(300))
    #expect(!capture.plan.plan.isAnalyzed)
    #expect(try await session.query("SELECT count(*) FROM pg_prepared_statements")[0][0] == "0")
  }
}

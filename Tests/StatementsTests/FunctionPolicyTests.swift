import Catalog
import Testing

@testable import Statements

@Suite struct FunctionPolicyTests {
  private static func candidate(
    _ name: String, _ volatility: FunctionCandidate.Volatility, schema: String = "pg_catalog",
    language: String = "internal", extension owner: String? = nil,
    origin: FunctionCandidate.Origin? = nil, symbol: String? = nil, arguments: Int = 1, defaults: Int = 0,
    variadic: Bool = false
  ) -> FunctionCandidate {
    let made = owner.map(FunctionCandidate.Origin.extension) ?? (schema == "pg_catalog" ? .server : .user)
    return FunctionCandidate(
      schema: schema, name: name, volatility: volatility, language: language,
      symbol: symbol ?? (language == "c" ? name : nil), origin: origin ?? made, argumentCount: arguments,
      defaultCount: defaults, isVariadic: variadic)
  }

  static let objections: [(FunctionCandidate, FunctionObjection?)] = [
    (candidate("lower", .immutable), nil),
    (candidate("now", .stable), nil),
    (candidate("random", .volatile), nil),
    (candidate("gen_random_uuid", .volatile), nil),
    (candidate("pg_sleep", .volatile), nil),
    (candidate("nextval", .volatile), .isVolatile),
    (candidate("pg_advisory_lock", .volatile), .isVolatile),
    (candidate("pg_notify", .volatile), .isVolatile),
    (candidate("pg_stat_reset", .volatile), .isVolatile),
    (candidate("set_config", .volatile), .isVolatile),
    (candidate("query_to_xml", .stable), .runsQueries),
    (candidate("table_to_xmlschema", .stable), .runsQueries),
    (candidate("txid_current", .stable), .startsTransaction),
    (candidate("pg_current_xact_id", .stable), .startsTransaction),
    (candidate("pg_current_xact_id_if_assigned", .stable), nil),
    (candidate("f", .immutable, schema: "public", language: "sql"), .isUserCode),
    (candidate("f", .stable, schema: "public", language: "plpgsql"), .isUserCode),
    (candidate("f", .volatile, schema: "public", language: "plpgsql"), .isVolatile),
    (candidate("f", .immutable, schema: "public", language: "c"), .isUserCode),
    (candidate("random", .volatile, schema: "public", language: "plpgsql"), .isVolatile),
    (candidate("similarity", .immutable, schema: "public", language: "c", extension: "pg_trgm"), nil),
    (candidate("unaccent", .stable, schema: "ext", language: "c", extension: "unaccent"), nil),
    (
      candidate("hypopg_create_index", .volatile, schema: "public", language: "c", extension: "hypopg"),
      .isVolatile
    ),
    (candidate("st_x", .immutable, schema: "public", language: "sql", extension: "postgis"), .isUserCode),
    (candidate("g", .immutable, language: "plpgsql", origin: .user), .isUserCode),
    (candidate("g", .immutable, origin: .user), .isUserCode),
    (candidate("crosstab", .stable, schema: "public", language: "c", extension: "tablefunc"), .runsQueries),
    (
      candidate(
        "ctx", .stable, schema: "public", language: "c", extension: "another", symbol: "crosstab_hash"),
      .runsQueries
    ),
    (
      candidate("crosstab", .stable, schema: "public", language: "c", extension: "another", symbol: "own"),
      nil
    ),
    (candidate("xpath_table", .stable, schema: "public", language: "c", extension: "xml2"), .runsQueries),
    (candidate("total", .immutable, schema: "public", origin: .aggregate), nil),
    (candidate("floatrange", .immutable, schema: "public", origin: .rangeConstructor), nil),
    (candidate("pg_lock_status", .volatile), nil),
    (candidate("pg_total_relation_size", .volatile), nil),
    (candidate("pg_lock_status", .volatile, schema: "public", language: "plpgsql"), .isVolatile),
    (candidate("pg_input_is_valid", .stable), .runsNamedCode),
    (candidate("domain_in", .stable), .runsNamedCode),
    (candidate("fmgr_c_validator", .stable), .runsNamedCode),
  ]

  @Test(arguments: objections) func judgesByNameVolatilityAndOrigin(
    _ candidate: FunctionCandidate, _ expected: FunctionObjection?
  ) {
    #expect(FunctionPolicy().objection(to: candidate) == expected)
  }

  @Test(arguments: [
    ("f", "app", "f", true), ("app.f", "app", "f", true), ("other.f", "app", "f", false),
    ("F", "app", "f", true), ("\"F\"", "app", "f", false), ("\"F\"", "app", "F", true),
    ("app.\"a.b\"", "app", "a.b", true), ("app.\"a.b\"", "app.a", "b", false),
    ("\"app.a\".b", "app.a", "b", true), ("\"say \"\"hi\"\"\"", "public", "say \"hi\"", true),
    ("größe", "public", "größe", true), ("===", "app", "===", true), ("app.+", "app", "+", true),
    ("_f$1", "public", "_f$1", true),
  ])
  func believesTheUserWhoVouches(_ vouch: String, _ schema: String, _ name: String, _ believed: Bool) throws {
    let policy = FunctionPolicy(allowing: [try #require(QualifiedName(functionName: vouch))])
    let function = Self.candidate(name, .volatile, schema: schema, language: "plpgsql")
    #expect((policy.objection(to: function) == nil) == believed)
  }

  @Test(arguments: [
    "", ".", "f.", ".f", "f(int)", "f()", "a.b.c", "f g", "\"f", "\"\"", "1f", "f,g", "f;", "'f'", " f", "f ",
    "$f",
  ])
  func takesNothingButANameForAVouch(_ text: String) { #expect(QualifiedName(functionName: text) == nil) }

  static let judgedByName: [(String, String?)] = [
    (
      "SELECT count(*), lower(s), now(), random(), extract(year FROM d) FROM t WHERE a = 1 AND s LIKE 'x'",
      nil
    ),
    ("SELECT pg_catalog.lower(s), a OPERATOR(pg_catalog.+) 1, s::pg_catalog.text, '1'::int[] FROM t", nil),
    ("SELECT sum(a) OVER (ORDER BY b), '{}'::jsonb @> '{}' FROM unnest('{1}'::int[]) u", nil),
    ("SELECT lock_me(1)", "lock_me"), ("SELECT public.lower(s) FROM t", "public.lower"),
    ("SELECT nextval('s')", "nextval"), ("SELECT pg_advisory_lock(1)", "pg_advisory_lock"),
    ("SELECT pg_notify('a', 'b')", "pg_notify"), ("SELECT query_to_xml('', true, true, '')", "query_to_xml"),
    ("SELECT txid_current()", "txid_current"), ("SELECT set_config('a', 'b', true)", "set_config"),
    ("SELECT pg_read_file('x')", "pg_read_file"), ("SELECT * FROM rows_of(1)", "rows_of"),
    ("SELECT a === b FROM t", "==="), ("SELECT a OPERATOR(public.+) b FROM t", "public.+"),
    ("SELECT 'x'::mood", "mood"), ("SELECT CAST(a AS app.int4) FROM t", "app.int4"),
    ("SELECT 'lock_me(1)', 1 AS lock_me FROM pg_notify", nil),
  ]

  @Test(arguments: judgedByName) func trustsPostgreSQLsOwnNamesAlone(_ sql: String, _ rejected: String?)
    throws
  {
    let calls = try Admission.admit(StatementText(sql)).calls
    #expect(FunctionPolicy().rejectedName(in: calls)?.name.label == rejected)
  }

  @Test func believesTheUserWhoVouchesForANameAlone() throws {
    let calls = try Admission.admit(StatementText("SELECT app.f(1), g(2)")).calls
    let (f, g) = (QualifiedName(schema: "app", name: "f"), QualifiedName(schema: "other", name: "g"))
    #expect(FunctionPolicy(allowing: [f, g]).rejectedName(in: calls) == nil)
    #expect(FunctionPolicy(allowing: [f]).rejectedName(in: calls)?.name.label == "g")
  }

  @Test func countsWhatWITHDoesNotDefineAsRelations() throws {
    let statement = try Admission.admit(
      StatementText("WITH v AS (SELECT * FROM v) SELECT * FROM v, w, (SELECT * FROM s.v) x"))
    #expect(statement.calls.relations.map(\.label).sorted() == ["s.v", "v", "v", "w"])
    #expect(statement.calls.relations(besides: statement.shape).isEmpty)
  }

  @Test(arguments: [
    (2, 0, false, 2, false, true), (2, 0, false, 1, false, false), (2, 1, false, 1, false, true),
    (2, 0, false, 3, false, false), (1, 0, true, 4, false, true), (1, 0, true, 0, false, false),
    (2, 0, true, 2, true, true), (2, 0, true, 3, true, false),
  ])
  func countsArguments(
    _ arguments: Int, _ defaults: Int, _ variadic: Bool, _ given: Int, _ spread: Bool, _ fits: Bool
  ) {
    let candidate = Self.candidate("f", .stable, arguments: arguments, defaults: defaults, variadic: variadic)
    #expect(
      candidate.fits(FunctionUse(schema: nil, name: "f", argumentCount: given, isVariadic: spread)) == fits)
  }

  /// Whether a call gives just the parameters of a function, and which defaults it may need.
  @Test(arguments: [
    ("f(a, b)", true, false), ("f(a)", false, true), ("f(a, q => b)", false, false),
    ("f(a, VARIADIC b)", false, false), ("f($1, b)", false, true), ("f($1::int, a, b)", false, false),
    ("f(a, $1 + 1)", true, false),
  ])
  func comparesTheArgumentsOfACall(_ call: String, _ isMatched: Bool, _ needsDefaults: Bool) throws {
    let statement = try Admission.admit(StatementText("SELECT \(call) FROM t"), parameters: .notNeeded)
    let use = try #require(statement.calls.functions.first)
    let candidate = Self.candidate("f", .stable, arguments: 2, defaults: 1, variadic: false)
    #expect(candidate.fits(use))
    #expect(candidate.isMatched(use) == isMatched)
    #expect(candidate.needsDefaults(use) == needsDefaults)
  }

  @Test func namesEverythingThatAStatementCalls() throws {
    let sql = """
      SELECT s.f(a, VARIADIC b), count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY c), -d, e::app.kind, t.name
      FROM g(1) AS t TABLESAMPLE_ JOIN u USING (id)
      WHERE h BETWEEN 1 AND 2 AND i IN (1) AND j OPERATOR(app.===) 3 AND k LIKE 'x' AND extract(year FROM l) > 1
      """.split(separator: "TABLESAMPLE_ ").joined()
    let calls = try Admission.admit(StatementText(sql)).calls
    #expect(calls.functions.map(\.name) == ["f", "count", "percentile_cont", "g", "extract"])
    #expect(calls.functions.map(\.argumentCount) == [2, 0, 2, 1, 2])
    #expect(calls.functions.map(\.schema) == ["s", nil, nil, nil, "pg_catalog"])
    #expect(calls.functions[0].isVariadic)
    #expect(calls.operators.map(\.name) == ["-", "=", ">=", "<=", "===", "~~", ">"])
    #expect(calls.operators[0].isPrefix)
    #expect(calls.operators[4].schema == "app")
    #expect(calls.types.contains { $0.schema == "app" && $0.name == "kind" })
    #expect(calls.attributes == [AttributeUse(qualifier: "t", name: "name")])
  }

  @Test(arguments: [
    ("pg_temp", "pg_temp_3", true), ("pg_temp_3", "pg_temp_3", true), ("pg_temp", "pg_temporary", false),
    ("public", "pg_temp_3", false), ("public", "public", true),
  ])
  func knowsTheSchemaOfTemporaryFunctions(_ written: String, _ schema: String, _ isSame: Bool) {
    #expect(SchemaName.isSame(written, schema) == isSame)
  }
}

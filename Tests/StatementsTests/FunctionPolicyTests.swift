import Testing

@testable import Statements

@Suite struct FunctionPolicyTests {
  private static func candidate(
    _ name: String, _ volatility: FunctionCandidate.Volatility, schema: String = "pg_catalog",
    language: String = "internal", extension owner: String? = nil, arguments: Int = 1, defaults: Int = 0,
    variadic: Bool = false
  ) -> FunctionCandidate {
    FunctionCandidate(
      schema: schema, name: name, volatility: volatility, language: language, owningExtension: owner,
      argumentCount: arguments, defaultCount: defaults, isVariadic: variadic)
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
    (candidate("query_to_xml", .stable), .hasEffects),
    (candidate("table_to_xmlschema", .stable), .hasEffects),
    (candidate("txid_current", .stable), .hasEffects),
    (candidate("pg_current_xact_id", .stable), .hasEffects),
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
    (candidate("g", .immutable, language: "plpgsql"), .isUserCode),
  ]

  @Test(arguments: objections) func judgesByNameVolatilityAndOrigin(
    _ candidate: FunctionCandidate, _ expected: FunctionObjection?
  ) {
    #expect(FunctionPolicy().objection(to: candidate) == expected)
  }

  @Test func believesTheUserWhoVouchesForAFunction() {
    let function = Self.candidate("f", .volatile, schema: "app", language: "plpgsql")
    #expect(FunctionPolicy(allowing: ["f"]).objection(to: function) == nil)
    #expect(FunctionPolicy(allowing: ["app.f"]).objection(to: function) == nil)
    #expect(FunctionPolicy(allowing: ["other.f"]).objection(to: function) == .isVolatile)
  }

  @Test func rejectsWhenAnyFittingFunctionIsHarmful() {
    let use = FunctionUse(schema: nil, name: "lower", argumentCount: 1)
    let harmful = Self.candidate("lower", .volatile, schema: "public", language: "plpgsql")
    let builtIn = Self.candidate("lower", .immutable)
    #expect(FunctionPolicy().judge(use, candidates: [builtIn]) == .admitted)
    #expect(FunctionPolicy().judge(use, candidates: [builtIn, harmful]) == .rejected(harmful, .isVolatile))
    let qualified = FunctionUse(schema: "pg_catalog", name: "lower", argumentCount: 1)
    #expect(FunctionPolicy().judge(qualified, candidates: [builtIn, harmful]) == .admitted)
    #expect(FunctionPolicy().judge(use, candidates: []) == .unresolved)
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
}

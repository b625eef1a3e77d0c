import Testing

@testable import Statements

@Suite struct PredicateTests {
  /// A condition over `FROM orders AS o`, what it is taken for, and the texts of its members.
  static let conditions: [(String, [String], [String])] = [
    ("o.a = 1", ["o.a equal 1"], ["o.a = 1"]),
    ("a = 'x'", ["o.a equal x"], ["a = 'x'"]),
    ("1 < a", ["o.a greater 1"], ["1 < a"]),
    ("a >= $1 AND a < $2", ["o.a greaterOrEqual $1", "o.a less $2"], ["a >= $1", "a < $2"]),
    (
      "(a = 1 AND b = 2) AND c = 3", ["o.a equal 1", "o.b equal 2", "o.c equal 3"],
      ["a = 1", "b = 2", "c = 3"]
    ),
    (
      "a = 1 AND (b = 2 AND (c = 3))", ["o.a equal 1", "o.b equal 2", "o.c equal 3"],
      ["a = 1", "b = 2", "(c = 3)"]
    ),
    ("((a = 1))", ["o.a equal 1"], ["((a = 1))"]),
    ("a = 1 OR b = 2", ["or {o.a equal 1; o.b equal 2}"], ["a = 1 OR b = 2"]),
    (
      "c = 3 AND (a = 1 OR b = 2 AND d = 4 OR (e = 5 OR f = 6))",
      ["o.c equal 3", "or {o.a equal 1; and {o.b equal 2; o.d equal 4}; o.e equal 5; o.f equal 6}"],
      ["c = 3", "(a = 1 OR b = 2 AND d = 4 OR (e = 5 OR f = 6))"]
    ),
    ("a BETWEEN 1 AND 2 AND b = 3", ["o.a between [1 2]", "o.b equal 3"], ["a BETWEEN 1 AND 2", "b = 3"]),
    ("a NOT BETWEEN 1 AND 2", ["o.a notBetween [1 2]"], ["a NOT BETWEEN 1 AND 2"]),
    ("a IN (1, 2, 3)", ["o.a in [1 2 3]"], ["a IN (1, 2, 3)"]),
    ("a NOT IN ('x')", ["o.a notIn [x]"], ["a NOT IN ('x')"]),
    ("a = ANY ('{1,2}'::int[])", ["o.a any(\"=\") {1,2}::int4"], ["a = ANY ('{1,2}'::int[])"]),
    ("a = ANY (ARRAY[1, $2])", ["o.a any(\"=\") [1 $2]"], ["a = ANY (ARRAY[1, $2])"]),
    ("a <> ALL ($1)", ["o.a all(\"<>\") $1"], ["a <> ALL ($1)"]),
    ("a IS NULL AND b IS NOT NULL", ["o.a isNull", "o.b isNotNull"], ["a IS NULL", "b IS NOT NULL"]),
    ("a AND NOT b", ["o.a isTrue", "o.b isFalse"], ["a", "NOT b"]),
    ("a IS TRUE AND b IS NOT FALSE", ["o.a isTrue", "o.b isNotFalse"], ["a IS TRUE", "b IS NOT FALSE"]),
    ("NOT a = 1", ["o.a notEqual 1"], ["NOT a = 1"]),
    ("NOT (a = 1 OR b = 2)", ["not {or {o.a equal 1; o.b equal 2}}"], ["NOT (a = 1 OR b = 2)"]),
    (
      "a LIKE 'x%' AND b NOT ILIKE '%y'", ["o.a like x%", "o.b notCaselessLike %y"],
      ["a LIKE 'x%'", "b NOT ILIKE '%y'"]
    ),
    ("a ~ '^x' AND b !~* 'y'", ["o.a matches ^x", "o.b notMatches y"], ["a ~ '^x'", "b !~* 'y'"]),
    ("a IS DISTINCT FROM 1", ["o.a distinctFrom 1"], ["a IS DISTINCT FROM 1"]),
    ("a IS NOT DISTINCT FROM NULL", ["o.a notDistinctFrom NULL"], ["a IS NOT DISTINCT FROM NULL"]),
    ("lower(a) = 'x'", ["lower(o.a) equal x"], ["lower(a) = 'x'"]),
    ("a::text = 'x'::text", ["o.a::text equal x::text"], ["a::text = 'x'::text"]),
    ("date(ts) = date '2024-01-01'", ["date(o.ts) equal 2024-01-01::date"], ["date(ts) = date '2024-01-01'"]),
    ("price + 10 > 100", ["(o.price+10) greater 100"], ["price + 10 > 100"]),
    ("100 < 2 * price - 1", ["((2*o.price)-1) greater 100"], ["100 < 2 * price - 1"]),
    (
      "upper(trim(a))::varchar = 'X'", ["upper(btrim(o.a))::varchar equal X"],
      ["upper(trim(a))::varchar = 'X'"]
    ),
    ("coalesce(a, 0) = 1", ["coalesce(o.a) equal 1"], ["coalesce(a, 0) = 1"]),
    ("a COLLATE \"C\" < 'x'", ["collate:C(o.a) less x"], ["a COLLATE \"C\" < 'x'"]),
    ("data ->> 'k' = 'v'", ["(o.data->>k) equal v"], ["data ->> 'k' = 'v'"]),
    ("data @> '{}'", ["o.data operator(\"@>\") {}"], ["data @> '{}'"]),
    ("tags[1] = 'x'", ["element(o.tags) equal x"], ["tags[1] = 'x'"]),
    ("ts > now() - interval '1 day'", ["o.ts greater expr(now())"], ["ts > now() - interval '1 day'"]),
    ("a = b", ["o.a equal o.b"], ["a = b"]),
    ("(a, b) > (1, 2)", ["row(\">\") [1 2]"], ["(a, b) > (1, 2)"]),
    (
      "CASE WHEN a = 1 AND b = 2 THEN true ELSE false END AND c = 1", ["opaque", "o.c equal 1"],
      ["CASE WHEN a = 1 AND b = 2 THEN true ELSE false END", "c = 1"]
    ),
    (
      "a = -5 AND b = 1.5 AND c = true AND d = B'01'",
      ["o.a equal -5", "o.b equal 1.5", "o.c equal true", "o.d equal b01"],
      ["a = -5", "b = 1.5", "c = true", "d = B'01'"]
    ),
    ("random() < 0.5", ["less 0.5"], ["random() < 0.5"]),
    (
      "a = 0 AND b IN (-1, - 2, 3) AND c > -(4)", ["o.a equal 0", "o.b in [-1 -2 3]", "o.c greater -4"],
      ["a = 0", "b IN (-1, - 2, 3)", "c > -(4)"]
    ),
    ("f(a)", ["opaque"], ["f(a)"]),
    ("a /* x */ = 1 -- y\n AND -- z\n b = 2", ["o.a equal 1", "o.b equal 2"], ["a /* x */ = 1", "b = 2"]),
    (
      "\"AND\" = 'AND' AND \"or\" = $$ AND $$", ["o.AND equal AND", "o.or equal  AND "],
      ["\"AND\" = 'AND'", "\"or\" = $$ AND $$"]
    ),
    (
      "a = 1 AND EXISTS (SELECT 1 FROM x WHERE x.i = o.i AND x.j = 2)",
      ["x.i equal o.i^", "x.j equal 2", "o.a equal 1", "exists block 1"],
      ["x.i = o.i", "x.j = 2", "a = 1", "EXISTS (SELECT 1 FROM x WHERE x.i = o.i AND x.j = 2)"]
    ),
    ("a IN (SELECT y FROM x)", ["o.a in block 1"], ["a IN (SELECT y FROM x)"]),
    ("a NOT IN (SELECT y FROM x)", ["o.a notIn block 1"], ["a NOT IN (SELECT y FROM x)"]),
    ("a = (SELECT max(y) FROM x)", ["o.a equal block 1"], ["a = (SELECT max(y) FROM x)"]),
  ]

  @Test(arguments: conditions) func takesConditionsApart(
    _ sql: String, _ predicates: [String], _ texts: [String]
  ) throws {
    let shape = try shape("SELECT 1 FROM orders AS o WHERE \(sql) ORDER BY 1")
    #expect(shape.predicates.map(\.short) == predicates)
    #expect(shape.predicates.map { $0.text?.text } == texts)
  }

  @Test func findsTheEndOfEveryClause() throws {
    for tail in [
      "GROUP BY 1", "HAVING true", "WINDOW w AS ()", "ORDER BY 1", "LIMIT 1", "OFFSET 1",
      "FETCH FIRST 1 ROW ONLY", "UNION SELECT 2", "",
    ] {
      let shape = try shape("SELECT 1 FROM t WHERE t.limit = 1 AND left(t.a, 1) = 'x' \(tail)")
      #expect(shape.predicates.first?.text?.text == "t.limit = 1")
      #expect(shape.predicates.dropFirst().first?.text?.text == "left(t.a, 1) = 'x'")
    }
  }

  @Test func givesNestedConditionsTheirOwnText() throws {
    let shape = try shape(
      "SELECT 1 FROM a JOIN b ON a.x = b.x AND b.y > 1 LEFT JOIN (c JOIN d ON c.z = d.z) ON a.w = c.w, e WHERE (SELECT 1 FROM f WHERE f.k = 2) = 1 HAVING percentile_cont(0.5) WITHIN GROUP (ORDER BY a.x) > 1 AND count(*) > 2"
    )
    #expect(
      shape.predicates.map { $0.text?.text } == [
        "a.x = b.x", "b.y > 1", "c.z = d.z", "a.w = c.w", "f.k = 2", "(SELECT 1 FROM f WHERE f.k = 2) = 1",
        "percentile_cont(0.5) WITHIN GROUP (ORDER BY a.x) > 1", "count(*) > 2",
      ])
    #expect(
      shape.predicates.map(\.place) == [
        .join(.inner), .join(.inner), .join(.inner), .join(.left), .condition, .condition, .having, .having,
      ])
  }

  @Test func givesUpOnConditionsThatNestWithoutEnd() throws {
    let depth = 1_000
    let condition = String(repeating: "NOT (", count: depth) + "a = 1" + String(repeating: ")", count: depth)
    let predicates = try shape("SELECT 1 FROM t WHERE \(condition)").predicates
    #expect(predicates.count == 1)
    #expect(predicates[0].columns.map(\.name) == ["a"])
  }

  @Test func knowsWhichTableAPredicateBelongsTo() throws {
    let shape = try shape(
      "SELECT 1 FROM a, b WHERE a.x = 1 AND a.y = b.y AND a.z = (SELECT 1) AND w = 1 AND a.v + a.u = 2")
    #expect(shape.predicates.map(\.onlyTable) == [0, nil, nil, nil, 0])
    #expect(shape.predicates.map(\.hasSubSelect) == [false, false, true, false, false])
    #expect(shape.predicates.map(\.isBareColumn) == [true, true, true, true, false])
  }
}

@Suite struct PlanExpressionTests {
  static let conditions: [(String, [String])] = [
    ("((o.status)::text = 'open'::text)", ["o.status::text equal open::text"]),
    ("(o.customer_id = $0)", ["o.customer_id equal $0"]),
    ("((a.id = b.id) AND (a.x > '5'::bigint))", ["a.id equal b.id", "a.x greater 5::int8"]),
    ("(NOT (hashed SubPlan 1))", ["opaque"]),
    ("((o.a = 1) AND (NOT (hashed SubPlan 1)) AND (o.b < 2))", ["o.a equal 1", "opaque", "o.b less 2"]),
    ("((o.a = 1) OR (hashed SubPlan 1))", ["opaque"]),
    ("((o.note)::text ~~ '%a''b%'::text)", ["o.note::text like %a'b%::text"]),
    ("(o.status = ANY ('{new,open}'::text[]))", ["o.status any(\"=\") {new,open}::text"]),
    ("(lower((name)::text) = 'x'::text)", ["lower(?.name::text) equal x::text"]),
    ("(\"Order\".\"Id\" IS NOT NULL)", ["Order.Id isNotNull"]),
    ("(NOT active)", ["?.active isFalse"]),
    ("(\"*VALUES*\".column1 = t.id)", ["*VALUES*.column1 equal t.id"]),
    ("(count(*) > 5)", ["greater 5"]),
    ("(ROW(a, b) > ROW(1, 2))", ["row(\">\") [1 2]"]),
    (
      "((ts >= '2024-01-01 00:00:00'::timestamp without time zone) AND (ts < now()))",
      ["?.ts greaterOrEqual 2024-01-01 00:00:00::timestamp", "?.ts less expr(now())"]
    ),
    ("a = 1 GROUP BY b", ["opaque"]),
    ("a = 1; DROP TABLE t", ["opaque"]),
    ("no ( sql", ["opaque"]), ("'unfinished", ["opaque"]), ("", ["opaque"]),
    ("(InitPlan 1).col1 = x", ["opaque"]),
  ]

  @Test(arguments: conditions) func readsWhatExplainPrints(_ text: String, _ expected: [String]) {
    #expect(PlanExpression.predicates(in: text).map(\.short) == expected)
  }

  @Test func keepsTheTextOfWhatItCannotRead() {
    let predicates = PlanExpression.predicates(in: "((o.a = 1) AND (NOT (hashed SubPlan 1)))")
    #expect(predicates.map { $0.text?.text } == ["(o.a = 1)", "(NOT (hashed SubPlan 1))"])
    #expect(predicates.map(\.hasSubSelect) == [false, true])
    #expect(predicates.allSatisfy { $0.place == .plan })
  }
}

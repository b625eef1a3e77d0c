import Catalog
import Testing

@testable import Statements

/// A statement that writes and the SELECT that finds its rows.
struct RewriteCase: Sendable, CustomTestStringConvertible {
  let sql: String
  let rowIdentifiers: String
  /// `nil` where the other form differs in nothing but the first item of the select list.
  let allColumns: String?

  init(_ sql: String, _ rowIdentifiers: String, allColumns: String? = nil) {
    self.sql = sql
    self.rowIdentifiers = rowIdentifiers
    self.allColumns = allColumns
  }

  var testDescription: String { sql }
}

@Suite struct SelectRewriterTests {
  private func rewritten(_ sql: String, _ form: RewriteForm) throws -> String {
    try Admission.admit(StatementText(sql), parameters: .notNeeded, form: form).sql.text
  }

  @Test(arguments: cases) func keepsJoinsAndConditions(_ example: RewriteCase) throws {
    #expect(try rewritten(example.sql, .rowIdentifiers()) == example.rowIdentifiers)
  }

  @Test(arguments: cases.filter { $0.allColumns != nil })
  func readsAllColumnsWhereThereIsNoRowIdentifier(_ example: RewriteCase) throws {
    #expect(try rewritten(example.sql, .allColumns) == example.allColumns)
  }

  static let cases: [RewriteCase] = [
    .init(
      "UPDATE t SET a = 1", "SELECT t.ctid, 1\nFROM t", allColumns: "SELECT t.*, 1\nFROM t"),
    .init(
      "UPDATE t SET a = 1 WHERE b = 2;", "SELECT t.ctid, 1\nFROM t\nWHERE b = 2",
      allColumns: "SELECT t.*, 1\nFROM t\nWHERE b = 2"),
    .init(
      "update t set a = a + 1, b = lower(c) where id = $1",
      "SELECT t.ctid, a + 1, lower(c)\nFROM t\nWHERE id = $1"),
    .init("UPDATE public.t SET a = 1", "SELECT public.t.ctid, 1\nFROM public.t"),
    .init(
      "UPDATE t AS x SET a = x.b", "SELECT x.ctid, x.b\nFROM t AS x",
      allColumns: "SELECT x.*, x.b\nFROM t AS x"),
    .init("UPDATE t x SET a = x.b", "SELECT x.ctid, x.b\nFROM t x"),
    .init("UPDATE ONLY t SET a = 1", "SELECT t.ctid, 1\nFROM ONLY t"),
    .init("UPDATE ONLY (t) AS x SET a = 1", "SELECT x.ctid, 1\nFROM ONLY (t) AS x"),
    .init("UPDATE t * SET a = 1", "SELECT t.ctid, 1\nFROM t *"),
    .init("UPDATE t * AS x SET a = 1", "SELECT x.ctid, 1\nFROM t * AS x"),
    .init("UPDATE t SET a = DEFAULT", "SELECT t.ctid\nFROM t", allColumns: "SELECT t.*\nFROM t"),
    .init("UPDATE t SET a = DEFAULT, b = 2, c = (DEFAULT)", "SELECT t.ctid, 2\nFROM t"),
    .init(
      "UPDATE t SET (a, b) = (SELECT x, y FROM u WHERE u.id = t.id)",
      "SELECT t.ctid, (SELECT ROW(m.*) FROM (SELECT x, y FROM u WHERE u.id = t.id) AS m)\nFROM t"),
    .init(
      "UPDATE t SET (a, b) = ((SELECT 1, 2) UNION ALL (SELECT 3, 4))",
      "SELECT t.ctid, (SELECT ROW(m.*) FROM ((SELECT 1, 2) UNION ALL (SELECT 3, 4)) AS m)\nFROM t"),
    .init("UPDATE t SET (a, b) = (1, c + 1), d = 3", "SELECT t.ctid, 1, c + 1, 3\nFROM t"),
    .init("UPDATE t SET (a, b) = ROW(1, DEFAULT)", "SELECT t.ctid, 1\nFROM t"),
    .init("UPDATE t SET (a, b) = ((SELECT 1), f(2, 3))", "SELECT t.ctid, (SELECT 1), f(2, 3)\nFROM t"),
    .init("UPDATE t SET a[1] = 2, b.c = 3", "SELECT t.ctid, 2, 3\nFROM t"),
    .init(
      "UPDATE t SET a = CASE WHEN b = 1 THEN 2 ELSE 3 END, c = (SELECT max(x) FROM u WHERE y = 1)",
      "SELECT t.ctid, CASE WHEN b = 1 THEN 2 ELSE 3 END, (SELECT max(x) FROM u WHERE y = 1)\nFROM t"),
    .init(
      "UPDATE t SET a = b IS DISTINCT FROM c, d = x IS NOT DISTINCT FROM y FROM u WHERE t.id IS DISTINCT FROM u.id",
      "SELECT t.ctid, u.ctid, b IS DISTINCT FROM c, x IS NOT DISTINCT FROM y\nFROM u, t\nWHERE t.id IS DISTINCT FROM u.id",
      allColumns:
        "SELECT t.*, b IS DISTINCT FROM c, x IS NOT DISTINCT FROM y\nFROM u, t\nWHERE t.id IS DISTINCT FROM u.id"
    ),
    .init(
      "UPDATE t SET a = u.b FROM u WHERE t.id = u.id",
      "SELECT t.ctid, u.ctid, u.b\nFROM u, t\nWHERE t.id = u.id"),
    .init(
      "UPDATE t SET a = 1 FROM u AS x JOIN s.v USING (id), LATERAL (SELECT 1) AS l WHERE t.id = x.id",
      "SELECT t.ctid, x.ctid, s.v.ctid, 1\nFROM u AS x JOIN s.v USING (id), LATERAL (SELECT 1) AS l, t\nWHERE t.id = x.id"
    ),
    .init(
      "UPDATE t SET a = 1 FROM (u JOIN v ON u.id = v.id) AS j WHERE t.id = 1",
      "SELECT t.ctid, 1\nFROM (u JOIN v ON u.id = v.id) AS j, t\nWHERE t.id = 1"),
    .init(
      "UPDATE t SET a = 1 FROM ROWS FROM (f(1), g(2)) AS x (p, q) WHERE t.id = x.p",
      "SELECT t.ctid, 1\nFROM ROWS FROM (f(1), g(2)) AS x (p, q), t\nWHERE t.id = x.p"),
    .init(
      "UPDATE t SET a = 1 FROM t AS other WHERE t.id = other.parent",
      "SELECT t.ctid, other.ctid, 1\nFROM t AS other, t\nWHERE t.id = other.parent"),
    .init(
      "UPDATE t SET a = 1 FROM u TABLESAMPLE SYSTEM (10) WHERE t.id = u.id",
      "SELECT t.ctid, u.ctid, 1\nFROM u TABLESAMPLE SYSTEM (10), t\nWHERE t.id = u.id"),
    .init(
      "WITH q AS (SELECT 1 AS id) UPDATE t SET a = 1 FROM q WHERE t.id = q.id",
      "WITH q AS (SELECT 1 AS id) SELECT t.ctid, 1\nFROM q, t\nWHERE t.id = q.id"),
    .init(
      "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 5) UPDATE t SET a = n FROM r WHERE id = n",
      "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT t.ctid, r.*::record, n\nFROM r, t\nWHERE id = n"
    ),
    .init(
      "WITH update AS (SELECT 1 AS set) UPDATE t SET a = update.set FROM update",
      "WITH update AS (SELECT 1 AS set) SELECT t.ctid, update.set\nFROM update, t"),
    .init(
      "UPDATE t SET n = q.n FROM (SELECT id, count(*) AS n FROM u GROUP BY id) AS q WHERE t.id = q.id",
      "SELECT t.ctid, q.*::record, q.n\nFROM (SELECT id, count(*) AS n FROM u GROUP BY id) AS q, t\nWHERE t.id = q.id",
      allColumns:
        "SELECT t.*, q.n\nFROM (SELECT id, count(*) AS n FROM u GROUP BY id) AS q, t\nWHERE t.id = q.id"),
    .init(
      "DELETE FROM t USING (SELECT id FROM u ORDER BY id LIMIT 5) AS \"Q\", (SELECT id FROM v) AS w WHERE t.id = w.id",
      "SELECT t.ctid, \"Q\".*::record\nFROM (SELECT id FROM u ORDER BY id LIMIT 5) AS \"Q\", (SELECT id FROM v) AS w, t\nWHERE t.id = w.id"
    ),
    .init(
      "UPDATE t SET a = v.y FROM (VALUES (1, 2), (3, 4)) AS v (x, y) WHERE t.id = v.x",
      "SELECT t.ctid, v.*::record, v.y\nFROM (VALUES (1, 2), (3, 4)) AS v (x, y), t\nWHERE t.id = v.x"),
    .init(
      "WITH q AS (SELECT id FROM u) DELETE FROM t USING q AS a, q AS b WHERE t.id = a.id",
      "WITH q AS (SELECT id FROM u) SELECT t.ctid, a.*::record, b.*::record\nFROM q AS a, q AS b, t\nWHERE t.id = a.id"
    ),
    .init("UPDATE t SET a = 1 RETURNING a, b", "SELECT t.ctid, 1\nFROM t"),
    .init(
      "UPDATE t SET a = 1 WHERE b = 2 -- why\n RETURNING a -- what\n, b",
      "SELECT t.ctid, 1\nFROM t\nWHERE b = 2"),
    .init(
      "/*+ IndexScan(t) */ UPDATE t -- the target\nSET a = 1 -- one\n, b = /* two */ 2 FROM u -- more\nWHERE t.id = u.id -- end",
      "/*+ IndexScan(t) */ SELECT t.ctid, u.ctid, 1, 2\nFROM u -- more\n, t -- the target\nWHERE t.id = u.id"),
    .init("UPDATE t -- target\nSET a = 1", "SELECT t.ctid, 1\nFROM t"),
    .init("UPDATE set SET set = 1 WHERE set = 2", "SELECT set.ctid, 1\nFROM set\nWHERE set = 2"),
    .init("UPDATE t AS set SET a = set.b", "SELECT set.ctid, set.b\nFROM t AS set"),
    .init(
      "UPDATE \"Order\" SET \"where\" = \"from\" WHERE \"set\" = 'FROM x WHERE'",
      "SELECT \"Order\".ctid, \"from\"\nFROM \"Order\"\nWHERE \"set\" = 'FROM x WHERE'"),
    .init(
      "UPDATE straße SET größe = 'ü' FROM übung ü WHERE straße.nr = ü.nr",
      "SELECT \"straße\".ctid, \"ü\".ctid, 'ü'\nFROM übung ü, straße\nWHERE straße.nr = ü.nr"),
    .init("UPDATE Orders SET a = 1", "SELECT orders.ctid, 1\nFROM Orders"),
    .init("UPDATE U&\"d\\0061t\" SET a = 1", "SELECT dat.ctid, 1\nFROM U&\"d\\0061t\""),
    .init(
      "UPDATE a.t SET x = 1 FROM b.t WHERE a.t.id = b.t.id",
      "SELECT a.t.ctid, b.t.ctid, 1\nFROM b.t, a.t\nWHERE a.t.id = b.t.id"),
    .init(
      "UPDATE t SET a = 1 WHERE id IN (SELECT id FROM t FOR UPDATE SKIP LOCKED LIMIT 1)",
      "SELECT t.ctid, 1\nFROM t\nWHERE id IN (SELECT id FROM t LIMIT 1)"),
    .init(
      "UPDATE t SET a = x.from, b = x.returning FROM x",
      "SELECT t.ctid, x.ctid, x.from, x.returning\nFROM x, t"),
    .init("DELETE FROM t", "SELECT t.ctid\nFROM t", allColumns: "SELECT t.*\nFROM t"),
    .init("DELETE FROM t WHERE a = 1", "SELECT t.ctid\nFROM t\nWHERE a = 1"),
    .init("DELETE FROM ONLY s.t AS x WHERE x.a = 1", "SELECT x.ctid\nFROM ONLY s.t AS x\nWHERE x.a = 1"),
    .init(
      "DELETE FROM t USING u WHERE t.id = u.id RETURNING t.*",
      "SELECT t.ctid, u.ctid\nFROM u, t\nWHERE t.id = u.id",
      allColumns: "SELECT t.*\nFROM u, t\nWHERE t.id = u.id"),
    .init(
      "DELETE FROM t USING u JOIN v USING (id), w WHERE t.id = u.id",
      "SELECT t.ctid, u.ctid, v.ctid, w.ctid\nFROM u JOIN v USING (id), w, t\nWHERE t.id = u.id"),
    .init(
      "DELETE FROM t USING u LEFT JOIN v ON u.x IS DISTINCT FROM v.x WHERE t.id = u.id",
      "SELECT t.ctid, u.ctid, v.ctid\nFROM u LEFT JOIN v ON u.x IS DISTINCT FROM v.x, t\nWHERE t.id = u.id"),
    .init(
      "WITH d AS MATERIALIZED (SELECT id FROM u) DELETE FROM t USING d WHERE t.id = d.id",
      "WITH d AS MATERIALIZED (SELECT id FROM u) SELECT t.ctid, d.*::record\nFROM d, t\nWHERE t.id = d.id"),
    .init(
      "WITH delete AS (SELECT 1 AS using) DELETE FROM t USING delete WHERE a = delete.using",
      "WITH delete AS (SELECT 1 AS using) SELECT t.ctid\nFROM delete, t\nWHERE a = delete.using"),
    .init(
      "DELETE FROM t /* a */ USING /* b */ u /* c */ WHERE /* d */ t.id = u.id /* e */ RETURNING 1",
      "SELECT t.ctid, u.ctid\nFROM /* b */ u /* c */, t /* a */\nWHERE /* d */ t.id = u.id"),
    .init(
      "DELETE FROM t WHERE EXISTS (SELECT FROM u WHERE u.id = t.id)",
      "SELECT t.ctid\nFROM t\nWHERE EXISTS (SELECT FROM u WHERE u.id = t.id)"),
  ]

  private static func name(_ name: String, in schema: String? = nil) -> QualifiedName {
    QualifiedName(schema: schema, name: name)
  }

  private static let orders = RewriteTarget(
    schema: "sales", isInherited: false,
    columns: [
      "a": AssignedType("integer"), "code": AssignedType("character varying(12)"),
      "tags": AssignedType("text[]"), "Odd\"": AssignedType("public.\"Mood\""),
      "quota": AssignedType("public.positive", isDomain: true),
    ])

  /// With a catalog: the statement, what is known of its relations, and the SELECT.
  static let known: [(String, RewriteForm, String)] = [
    (
      "UPDATE t SET a = b + 1.5, code = lower(c) -- end", .rowIdentifiers(target: orders),
      "SELECT t.ctid, (b + 1.5)::integer, (lower(c))::character varying(12)\nFROM t"
    ),
    // The planner folds constants; a domain's constraints are checked for them too.
    (
      "UPDATE t SET a = 1, code = 'x', quota = 5, b = c", .rowIdentifiers(target: orders),
      "SELECT t.ctid, 1, 'x', (5)::public.positive, c\nFROM t"
    ),
    (
      "UPDATE t x SET tags[2] = lower(c), \"Odd\"\"\" = d", .rowIdentifiers(target: orders),
      "SELECT x.ctid, x.tags, lower(c), (d)::public.\"Mood\"\nFROM t x"
    ),
    (
      "UPDATE t SET (a, code) = (b, DEFAULT), (quota, tags) = ROW (b, c)", .rowIdentifiers(target: orders),
      "SELECT t.ctid, (b)::integer, (b)::public.positive, (c)::text[]\nFROM t"
    ),
    (
      "UPDATE t SET a = u.b FROM u -- more\n, s.v WHERE t.id = u.id", .rowIdentifiers(target: orders),
      "SELECT t.ctid, u.ctid, s.v.ctid, (u.b)::integer\nFROM t, u -- more\n, s.v\nWHERE t.id = u.id"
    ),
    (
      "DELETE FROM t -- why\nUSING u", .rowIdentifiers(target: orders),
      "SELECT t.ctid, u.ctid\nFROM t -- why\n, u"
    ),
    // A LATERAL item could see a target before it.
    (
      "DELETE FROM t USING u, LATERAL (SELECT id FROM v WHERE w = u.w) q", .rowIdentifiers(target: orders),
      "SELECT t.ctid, u.ctid\nFROM u, LATERAL (SELECT id FROM v WHERE w = u.w) q, t"
    ),
    (
      "DELETE FROM t USING u, generate_series(1, n) g", .rowIdentifiers(target: orders),
      "SELECT t.ctid, u.ctid\nFROM u, generate_series(1, n) g, t"
    ),
    (
      "DELETE FROM t USING u, generate_series(1, u.n) g, LATERAL (SELECT v.id FROM v WHERE v.w = u.w) q",
      .rowIdentifiers(target: orders),
      "SELECT t.ctid, u.ctid\nFROM t, u, generate_series(1, u.n) g, LATERAL (SELECT v.id FROM v WHERE v.w = u.w) q"
    ),
    (
      "DELETE FROM t USING ROWS FROM (f(1), g(2)) AS x (p, q), f(3) AS y", .rowIdentifiers(target: orders),
      "SELECT t.ctid, x.*::record\nFROM t, ROWS FROM (f(1), g(2)) AS x (p, q), f(3) AS y"
    ),
    (
      "UPDATE t SET b = 1", .rowIdentifiers(target: RewriteTarget(schema: "s", isInherited: true)),
      "SELECT t.ctid, t.tableoid, 1\nFROM t"
    ),
    (
      "UPDATE ONLY t SET b = 1", .rowIdentifiers(target: RewriteTarget(schema: "s", isInherited: true)),
      "SELECT t.ctid, 1\nFROM ONLY t"
    ),
    (
      "DELETE FROM t USING u, ONLY u AS o, s.f, v",
      .rowIdentifiers(relations: [name("u"): .ctidAndTable, name("f", in: "s"): .wholeRow, name("v"): .none]),
      "SELECT t.ctid, u.ctid, u.tableoid, o.ctid, s.f.*::record\nFROM u, ONLY u AS o, s.f, v, t"
    ),
    (
      "WITH t AS (SELECT 1 AS id) DELETE FROM t WHERE id IN (SELECT id FROM t)",
      .rowIdentifiers(target: orders),
      "WITH t AS (SELECT 1 AS id) SELECT t.ctid\nFROM sales.t\nWHERE id IN (SELECT id FROM t)"
    ),
    (
      "WITH t AS (SELECT 1 AS id) UPDATE ONLY (t) AS x SET b = 1 FROM t", .rowIdentifiers(),
      "WITH t AS (SELECT 1 AS id) SELECT x.ctid, 1\nFROM t, ONLY (public.t) AS x"
    ),
    (
      "UPDATE v SET a = u.b FROM u", .allColumns(relations: [:], target: orders),
      "SELECT v.*, u.ctid, (u.b)::integer\nFROM v, u"
    ),
  ]

  @Test(arguments: known.indices) func computesWhatTheCatalogSays(_ place: Int) throws {
    let (sql, form, select) = Self.known[place]
    #expect(try rewritten(sql, form) == select)
  }

  /// What `(a, b) = (SELECT …)` becomes: one row of the sub-select's own list where nothing refers to it by
  /// an output's name.
  @Test(
    arguments: [
      ("SELECT x, y FROM u", "(SELECT ROW(x, y) FROM u)"),
      ("SELECT ALL u.*, 1 FROM u", "(SELECT ALL ROW(u.*, 1) FROM u)"),
      ("SELECT max(x), count(*) FROM u GROUP BY z", "(SELECT ROW(max(x), count(*)) FROM u GROUP BY z)"),
      (
        "SELECT EXTRACT(day FROM x), y IS DISTINCT FROM z -- c\nFROM u",
        "(SELECT ROW(EXTRACT(day FROM x), y IS DISTINCT FROM z) -- c\nFROM u)"
      ),
      ("SELECT x, y FROM u ORDER BY x, z LIMIT 1", "(SELECT ROW(x, y) FROM u ORDER BY x, z LIMIT 1)"),
      ("WITH q AS (SELECT 1) SELECT 1, 2", "(WITH q AS (SELECT 1) SELECT ROW(1, 2))"),
      ("SELECT x AS a, y FROM u", nil), ("SELECT * FROM u", nil), ("SELECT DISTINCT x, y FROM u", nil),
      ("SELECT x, y FROM u ORDER BY 1", nil), ("SELECT max(x), y FROM u GROUP BY y ORDER BY max", nil),
      ("SELECT u.x, v.y FROM u, v ORDER BY x", nil), ("VALUES (1, 2)", nil),
      ("SELECT coalesce(x, 1), y FROM u ORDER BY coalesce", nil),
      ("SELECT 1, 2 UNION ALL SELECT 3, 4", nil),
    ] as [(String, String?)])
  func makesOneRowOfWhatASubSelectAssigns(_ query: String, _ row: String?) throws {
    let around = "(SELECT ROW(m.*) FROM (\(query)) AS m)"
    #expect(
      try rewritten(
        "UPDATE t SET (a, b) = (\(query)) WHERE c = 1", .rowIdentifiers(target: RewriteTarget(schema: "s")))
        == "SELECT t.ctid, \(row ?? around)\nFROM t\nWHERE c = 1")
  }

  @Test func readsAViewsRowWhereThePlannerKeepsIt() {
    #expect(RowIdentity.view(definition: "SELECT a FROM t WHERE b = 1", isBarrier: false) == .none)
    #expect(RowIdentity.view(definition: "SELECT a FROM t WHERE b = 1", isBarrier: true) == .wholeRow)
    #expect(RowIdentity.view(definition: "SELECT max(a) FROM t", isBarrier: false) == .wholeRow)
    #expect(RowIdentity.view(definition: "SELECT a FROM t LIMIT 1", isBarrier: false) == .wholeRow)
  }

  @Test func asksTheCatalogForTheTargetEvenWhereACTEHasItsName() throws {
    let text = try StatementText(
      "WITH t AS (SELECT 1) DELETE FROM t USING s.u JOIN (SELECT * FROM w) q ON true")
    let names = try #require(RewriteNames(text))
    #expect(names.target == Self.name("t"))
    #expect(names.sources == [Self.name("u", in: "s"), Self.name("w")])
    #expect(try RewriteNames(StatementText("SELECT 1")) == nil)
    #expect(try RewriteNames(StatementText("DELETE FROM t WHERE CURRENT OF c")) == nil)
  }

  @Test func saysWhatTheSelectDoesNotCompute() throws {
    let admitted = try Admission.admit(StatementText("WITH t AS (SELECT 1) UPDATE t SET a = DEFAULT"))
    #expect(
      admitted.notes == [
        .rewritten(.update, .rowIdentifiers()),
        .targetQualified(Self.name("t", in: "public"), isKnown: false),
        .defaultsLeftOut,
      ])
  }

  @Test(
    arguments: [
      ("SELECT t.ctid, u.ctid, u.b, 2 FROM u, t WHERE t.id = u.id AND t.c = 1", nil),
      ("SELECT t.ctid, u.ctid, u.b, 2 FROM u, t WHERE t.id = u.id OR t.c = 1", "WHERE"),
      ("SELECT t.ctid, u.ctid, u.b, 2 FROM u, t", "WHERE"),
      ("SELECT t.ctid, u.ctid, u.b, 2 FROM u, v, t WHERE t.id = u.id AND t.c = 1", "FROM"),
      ("SELECT t.ctid, u.ctid, u.b, 2 FROM v, t WHERE t.id = u.id AND t.c = 1", "FROM"),
      ("SELECT t.ctid, u.ctid, u.b, 2 FROM t WHERE t.id = u.id AND t.c = 1", "FROM"),
      ("SELECT t.ctid, u.ctid, u.b, 2 FROM u, ONLY t WHERE t.id = u.id AND t.c = 1", "its target"),
      ("SELECT t.ctid, u.ctid, u.b, 2 FROM u, s.t WHERE t.id = u.id AND t.c = 1", "its target"),
      ("SELECT t.ctid, u.ctid, u.c, 2 FROM u, t WHERE t.id = u.id AND t.c = 1", "SET"),
      ("SELECT t.ctid, u.ctid, u.b FROM u, t WHERE t.id = u.id AND t.c = 1", "SET"),
      ("WITH q AS (SELECT 1) SELECT t.ctid, u.ctid, u.b, 2 FROM u, t WHERE t.id = u.id AND t.c = 1", "WITH"),
      ("DELETE FROM t", "its kind"),
    ] as [(String, String?)])
  func acceptsNoOtherSelect(_ text: String, _ clause: String?) throws {
    let statement = try ParsedStatement("UPDATE t SET a = u.b, c = 2 FROM u WHERE t.id = u.id AND t.c = 1")
    let rewriter = try SelectRewriter(statement, origin: .update, form: .rowIdentifiers())
    do {
      _ = try rewriter.checked(text)
      #expect(clause == nil)
    } catch {
      #expect(error == clause.map { .rewriteDiffers(clause: $0) })
    }
  }

  /// The form for Aurora DSQL, row by row of what is kept and dropped.
  @Test(
    arguments: [
      (
        "WITH q AS MATERIALIZED (SELECT 1 AS id) DELETE FROM t USING q WHERE t.id = q.id",
        "WITH q AS MATERIALIZED (SELECT 1 AS id) SELECT t.*\nFROM q, t\nWHERE t.id = q.id"
      ),
      (
        "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) UPDATE t SET a = n FROM r",
        "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT t.*, n\nFROM r, t"
      ),
      ("UPDATE s.t SET a = 1", "SELECT s.t.*, 1\nFROM s.t"),
      ("UPDATE ONLY t * AS x SET a = 1", nil),
      ("UPDATE ONLY (t) x SET a = x.b", "SELECT x.*, x.b\nFROM ONLY (t) x"),
      ("DELETE FROM t * AS x", "SELECT x.*\nFROM t * AS x"),
      (
        "DELETE FROM t USING u LEFT JOIN v USING (id), w WHERE t.id = u.id",
        "SELECT t.*\nFROM u LEFT JOIN v USING (id), w, t\nWHERE t.id = u.id"
      ),
      ("UPDATE t SET a = DEFAULT, b = 2", "SELECT t.*, 2\nFROM t"),
      (
        "UPDATE t SET (a, b) = (SELECT x, y FROM u)",
        "SELECT t.*, (SELECT ROW(m.*) FROM (SELECT x, y FROM u) AS m)\nFROM t"
      ),
      ("UPDATE t SET (a, b) = (1, DEFAULT) RETURNING a", "SELECT t.*, 1\nFROM t"),
      ("DELETE FROM t WHERE a = 1 RETURNING *", "SELECT t.*\nFROM t\nWHERE a = 1"),
      (
        "WITH t AS (SELECT 1) DELETE FROM t USING u",
        "WITH t AS (SELECT 1) SELECT t.*\nFROM u, public.t"
      ),
    ] as [(String, String?)])
  func rewritesForEnginesWithoutRowIdentifiers(_ sql: String, _ select: String?) throws {
    #expect((try? rewritten(sql, .allColumns)) == select)
  }

  @Test func leavesOutRelationsThatHaveNoRowIdentifier() throws {
    let form = RewriteForm.rowIdentifiers(relations: [QualifiedName(schema: nil, name: "v"): .none])
    #expect(
      try rewritten("UPDATE t SET a = 1 FROM v, s.v AS x, u", form)
        == "SELECT t.ctid, x.ctid, u.ctid, 1\nFROM v, s.v AS x, u, t")
  }

  @Test func tellsWhatWasLeftOutAndWhatMayBeCountedTwice() throws {
    let admitted = try Admission.admit(StatementText("UPDATE t SET a = 1 FROM u RETURNING a"))
    #expect(admitted.origin == .update)
    #expect(
      admitted.notes == [.rewritten(.update, .rowIdentifiers()), .returningDropped, .rowsMayRepeat(.update)])
    #expect(admitted.mustRunSerially)
    #expect(admitted.original == "UPDATE t SET a = 1 FROM u RETURNING a")
  }

  @Test func findsADifferenceInTheConditions() throws {
    let original = try ParsedStatement("UPDATE t SET a = 1 WHERE b = 1 AND c = 2")
    let same = try ParsedStatement("SELECT 1 FROM t WHERE  b = 1   AND c = 2")
    let other = try ParsedStatement("SELECT 1 FROM t WHERE b = 1 OR c = 2")
    let where_ = try #require(original.root?.fields["whereClause"])
    #expect(SyntaxNode.sameStructure(where_, same.root?.fields["whereClause"]))
    #expect(!SyntaxNode.sameStructure(where_, other.root?.fields["whereClause"]))
    #expect(!SyntaxNode.sameStructure(where_, nil))
    #expect(SyntaxNode.sameStructure(nil, nil))
  }
}

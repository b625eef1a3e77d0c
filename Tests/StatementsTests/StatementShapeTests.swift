import Catalog
import Testing

@testable import Statements

@Suite struct StatementShapeTests {
  @Test func describesTheTablesOfEveryBlock() throws {
    let shape = try shape(
      """
      WITH q AS MATERIALIZED (SELECT id FROM public.items)
      SELECT * FROM ONLY s.orders AS o TABLESAMPLE SYSTEM (1)
      LEFT JOIN q ON q.id = o.id, LATERAL (SELECT 1 AS one FROM inner_t) AS sub (uno),
      generate_series(1, 3) AS g (n), (VALUES (1, 2)) AS v, q AS again
      """)
    #expect(shape.tables.map(\.label) == ["items", "o", "q", "inner_t", "sub", "g", "v", "again"])
    #expect(shape.tables.map(\.block) == [1, 0, 0, 2, 0, 0, 0, 0])
    #expect(
      shape.tables.map(\.kind) == [
        .table, .table, .cte(block: 1), .table, .subquery(block: 2), .function("generate_series"),
        .subquery(block: 3), .cte(block: 1),
      ])
    #expect(shape.tables[0].qualifiedName == QualifiedName(schema: "public", name: "items"))
    #expect(shape.tables[1].isOnly && shape.tables[1].isSampled && !shape.tables[0].isOnly)
    #expect(shape.tables.map(\.isNullable) == [false, false, true, false, false, false, false, false])
    #expect(shape.tables[4].isLateral && shape.tables[4].columnAliases == ["uno"])
    #expect(
      shape.blocks.map(\.kind) == [
        .top, .cte(name: "q", fence: .materialized, isRecursive: false), .subquery(alias: "sub"),
        .subquery(alias: "v"),
      ])
    #expect(shape.blocks[3].isValues)
    #expect(shape.table(labelled: "g")?.id == 5)
    #expect(shape.tables(in: shape.blocks[0]).map(\.label) == ["o", "q", "sub", "g", "v", "again"])
  }

  static let joins: [(String, [String])] = [
    ("SELECT 1 FROM a JOIN b ON a.x = b.y", ["a.x equal b.y inner"]),
    ("SELECT 1 FROM a LEFT JOIN b ON b.y = a.x AND b.z = 1", ["b.y equal a.x left"]),
    ("SELECT 1 FROM a RIGHT JOIN b USING (id, k)", ["a.id equal b.id right", "a.k equal b.k right"]),
    ("SELECT 1 FROM a FULL JOIN b ON a.x < b.y", ["a.x less b.y full"]),
    ("SELECT 1 FROM a, b WHERE a.x = b.y AND a.z = a.w", ["a.x equal b.y inner"]),
    ("SELECT 1 FROM a, b WHERE lower(a.x) = b.y::text", ["a.x equal b.y inner"]),
    ("SELECT 1 FROM a, b WHERE x = y", ["?.x equal ?.y inner"]),
    ("SELECT 1 FROM a, b WHERE a.x = 1", []),
    ("SELECT 1 FROM a CROSS JOIN b", []),
    ("SELECT 1 FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.x = a.x)", ["b.x equal a.x^ inner"]),
  ]

  @Test(arguments: joins) func findsJoinConditions(_ sql: String, _ expected: [String]) throws {
    #expect(try shape(sql).joins.map(\.short) == expected)
  }

  @Test func marksTheSidesThatOuterJoinsFillWithNulls() throws {
    func nullable(_ sql: String) throws -> [String] {
      try shape(sql).tables.filter(\.isNullable).map(\.label)
    }
    #expect(try nullable("SELECT 1 FROM a LEFT JOIN (b JOIN c ON true) ON true") == ["b", "c"])
    #expect(try nullable("SELECT 1 FROM a RIGHT JOIN b ON true") == ["a"])
    #expect(try nullable("SELECT 1 FROM a FULL JOIN b ON true JOIN c ON true") == ["a", "b"])
    #expect(try nullable("SELECT 1 FROM a JOIN b ON true, c") == [])
  }

  @Test func followsOrdinalsAndOutputNames() throws {
    let shape = try shape(
      "SELECT a AS x, b + 1 AS y, lower(c) FROM t GROUP BY 1, y ORDER BY 1 DESC, y NULLS FIRST, t.d, lower(c) DESC NULLS LAST, e USING < LIMIT 10 OFFSET $1"
    )
    let block = shape.blocks[0]
    #expect(block.ordering.map { $0.expression.column?.short } == ["t.a", nil, "t.d", nil, "t.e"])
    #expect(block.ordering.map { $0.expression.columns.map(\.name) } == [["a"], ["b"], ["d"], ["c"], ["e"]])
    #expect(block.ordering.map(\.isDescending) == [true, false, false, true, false])
    #expect(block.ordering.map(\.nullsFirst) == [nil, true, nil, false, nil])
    #expect(block.ordering.map(\.sortsNullsFirst) == [true, true, false, false, false])
    #expect(block.ordering.map(\.namesOutput) == [true, true, false, false, false])
    #expect(block.ordering.map(\.hasOperator) == [false, false, false, false, true])
    #expect(block.grouping.map { $0.columns.map(\.name) } == [["a"], ["y"]])
    #expect(block.limit == .constant(10))
    #expect(block.offset == .parameter(1))
    #expect(block.output.map(\.name) == ["x", "y", "lower"])
  }

  static let limits: [(String, RowLimit?, Bool)] = [
    ("LIMIT 5", .constant(5), false), ("LIMIT ALL", nil, false), ("LIMIT NULL", nil, false),
    ("LIMIT 0", .constant(0), false),
    ("FETCH FIRST ROW ONLY", .constant(1), false),
    ("ORDER BY 1 FETCH FIRST 3 ROWS WITH TIES", .constant(3), true),
    ("LIMIT $2", .parameter(2), false), ("LIMIT 1 + 1", .expression, false),
    ("LIMIT '7'::bigint", .constant(7), false), ("", nil, false),
  ]

  @Test(arguments: limits) func readsLimits(_ clause: String, _ limit: RowLimit?, _ ties: Bool) throws {
    let block = try shape("SELECT a FROM t \(clause)").blocks[0]
    #expect(block.limit == limit)
    #expect(block.hasTies == ties)
  }

  @Test func namesAggregatesAndDistinct() throws {
    let shape = try shape(
      "SELECT DISTINCT ON (a, 2) a, b, count(*), max(c), count(DISTINCT d), sum(e) FILTER (WHERE f), row_number() OVER () FROM t GROUP BY ROLLUP (a, b) HAVING min(g) > 1"
    )
    let block = shape.blocks[0]
    #expect(block.aggregates.map(\.name) == ["count", "max", "count", "sum", "min"])
    #expect(block.aggregates.map(\.isStar) == [true, false, false, false, false])
    #expect(block.aggregates.map(\.isDistinct) == [false, false, true, false, false])
    #expect(block.aggregates.map(\.hasFilter) == [false, false, false, true, false])
    #expect(block.aggregates.map { $0.argument?.column?.name } == [nil, "c", "d", "e", "g"])
    #expect(block.hasWindowFunction && block.hasGroupingSets && block.hasHaving)
    #expect(block.grouping.map { $0.column?.name } == ["a", "b"])
    guard case .on(let expressions) = block.distinct else {
      return #expect(Bool(false), "DISTINCT ON is lost")
    }
    #expect(expressions.map { $0.column?.name } == ["a", "b"])
    #expect(try StatementsTests.shape("SELECT DISTINCT a FROM t").blocks[0].distinct == .all)
  }

  @Test func readsSetOperationsAsBranches() throws {
    let shape = try shape(
      "SELECT a AS x FROM t UNION ALL SELECT b FROM u UNION ALL (SELECT c FROM v LIMIT 1) ORDER BY x LIMIT 3")
    #expect(shape.blocks[0].setOperation == .union(all: true))
    #expect(shape.blocks.map(\.kind) == [.top, .setBranch, .setBranch, .setBranch])
    #expect(shape.blocks.dropFirst().allSatisfy { $0.parent == 0 })
    #expect(shape.blocks[0].ordering.first?.expression.column?.short == "t.a")
    #expect(shape.blocks.map(\.limit) == [.constant(3), nil, nil, .constant(1)])
    let mixed = try StatementsTests.shape("SELECT 1 UNION SELECT 2 EXCEPT SELECT 3")
    #expect(mixed.blocks.map(\.setOperation) == [.except(all: false), .union(all: false), nil, nil, nil])
  }

  @Test func tellsSubLinksAndWhatTheyReadOutside() throws {
    let shape = try shape(
      """
      SELECT (SELECT max(x) FROM u WHERE u.id = t.id AND k = 1), ARRAY(SELECT 1) FROM t
      WHERE NOT EXISTS (SELECT 1 FROM v WHERE v.id = t.id) AND a IN (SELECT b FROM w) AND c NOT IN (SELECT d FROM w)
      AND e > ALL (SELECT 1) AND f = ANY (SELECT 2)
      """)
    let links = shape.subLinks.sorted { $0.block < $1.block }
    #expect(Set(links.map(\.kind)) == [.exists, .any, .all, .scalar, .array])
    #expect(links.first { $0.kind == .exists }?.isNegated == true)
    #expect(links.first { $0.kind == .exists }?.correlated.map(\.short) == ["t.id^"])
    #expect(links.first { $0.kind == .scalar }?.correlated.map(\.short) == ["t.id^"])
    #expect(links.first { $0.kind == .scalar }?.clause == .output)
    #expect(links.filter { $0.kind == .any }.allSatisfy { $0.correlated.isEmpty })
    #expect(links.filter(\.isNegated).map(\.kind) == [.exists, .any])
    #expect(links.first { $0.kind == .any }?.tested?.column?.name == "a")
  }

  @Test func assignsColumnsWithTheCatalog() throws {
    let sql =
      "SELECT total, name FROM orders o JOIN customers c ON customer_id = c.id WHERE status = 'x' AND EXISTS (SELECT 1 FROM lines WHERE order_id = o.id AND region = 'n')"
    let open = try shape(sql)
    #expect(
      open.predicates.map { $0.column?.short } == [
        "?.customer_id", "?.order_id", "?.region", "?.status", nil,
      ])
    let catalog: [String: Set<String>] = [
      "orders": ["id", "total", "customer_id", "status"], "customers": ["id", "name", "region"],
      "lines": ["order_id"],
    ]
    let resolved = open.resolving { catalog[$0.name] }
    #expect(
      resolved.predicates.map { $0.column?.short } == [
        "o.customer_id", "lines.order_id", "c.region^", "o.status", nil,
      ])
    #expect(
      resolved.joins.map(\.short) == ["o.customer_id equal c.id inner", "lines.order_id equal o.id^ inner"])
    #expect(resolved.blocks[0].output.map { $0.expression.column?.short } == ["o.total", "c.name"])
    #expect(resolved.columnsNeeded(from: resolved.tables[0]) == ["id", "total", "customer_id", "status"])
    #expect(resolved.columnsNeeded(from: resolved.tables[1]) == ["id", "name", "region"])
    #expect(open.columnsNeeded(from: open.tables[0]) == nil)
    #expect(resolved.subLinks.first?.correlated.map(\.short) == ["o.id^", "c.region^"])
  }

  @Test func assignsColumnsOfSubSelectsWithoutACatalog() throws {
    let shape = try shape(
      "WITH q (k) AS (SELECT id FROM a) SELECT n, k, column1 FROM (SELECT count(*) AS n FROM b) AS s, q, (VALUES (1)) AS v WHERE n > 1 AND k = 2 AND column1 = 3"
    )
    #expect(shape.predicates.map { $0.column?.short } == ["s.n", "q.k", "v.column1"])
  }

  @Test func saysWhenAllColumnsAreNeeded() throws {
    let all = try shape("SELECT * FROM a, b WHERE a.x = b.x")
    #expect(all.columnsNeeded(from: all.tables[0]) == nil)
    let one = try shape("SELECT a.*, b.y FROM a, b WHERE a.x = b.x")
    #expect(one.columnsNeeded(from: one.tables[0]) == nil)
    #expect(one.columnsNeeded(from: one.tables[1]) == ["x", "y"])
    let count = try shape("SELECT count(*) FROM a")
    #expect(count.columnsNeeded(from: count.tables[0]) == [])
  }

  @Test func readsRecursionWithoutEnd() throws {
    let shape = try shape(
      "WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT n FROM r WHERE n > 2"
    )
    #expect(shape.tables.map(\.kind) == [.cte(block: 1), .cte(block: 1)])
    #expect(shape.predicates.map(\.short) == ["r.n less 5", "r.n greater 2"])
  }

  @Test func readsARewrittenUpdate() throws {
    let shape = try shape("UPDATE t SET a = u.b FROM u WHERE t.id = u.id AND u.c = 1")
    #expect(shape.tables.map(\.label) == ["u", "t"])
    #expect(shape.predicates.map(\.short) == ["t.id equal u.id", "u.c equal 1"])
  }
}

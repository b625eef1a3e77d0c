import PlanReading
import Testing

/// Plans of other databases are refused by name.
@Suite struct ForeignPlanTests {
  @Test(arguments: [
    (
      ForeignPlan.mySQL,
      "-> Nested loop inner join  (cost=4.95 rows=9)\n    -> Table scan on o  (cost=1.15 rows=9)\n"
    ),
    (
      .mySQL,
      """
      -> Sort: t.a  (actual time=0.081..0.082 rows=2 loops=1)
          -> Table scan on <temporary>  (actual time=0.060..0.061 rows=2 loops=1)
      """
    ),
    (
      .mySQL,
      "| -> Limit: 5 row(s)  (cost=0.65 rows=4)\n    -> Index lookup on t using k (a=1)  (cost=0.65 rows=4)\n |\n"
    ),
    (
      .mySQL,
      "*************************** 1. row ***************************\nEXPLAIN: -> Filter: (t.a > 1)  (cost=0.65 rows=4)\n"
    ),
    (
      .mySQL,
      "+----+-------------+-------+------+---------------+\n| id | select_type | table | type | possible_keys |\n"
    ),
    (.mySQL, "id\tselect_type\ttable\ttype\tpossible_keys\tkey\n1\tSIMPLE\tt\tALL\tNULL\tNULL\n"),
    (.mySQL, "           id: 1\n  select_type: SIMPLE\n        table: t\n"),
    (.mySQL, "{\n  \"query_block\": {\n    \"select_id\": 1\n  }\n}\n"),
    (.mySQL, "EXPLAIN: {\n  \"query_block\": {\n    \"select_id\": 1\n  }\n}\n"),
    (
      .sqlServer,
      "<ShowPlanXML xmlns=\"http://schemas.microsoft.com/sqlserver/2004/07/showplan\" Version=\"1.5\">\n"
    ),
    (
      .sqlServer,
      "<?xml version=\"1.0\" encoding=\"utf-16\"?>\n<ShowPlanXML Version=\"1.5\"><BatchSequence/></ShowPlanXML>\n"
    ),
    (.sqlServer, "  |--Clustered Index Scan(OBJECT:([shop].[dbo].[orders].[PK_orders]))\n"),
    (.sqlServer, "StmtText\n--------\nSELECT * FROM orders\n  |--Hash Match(Inner Join, HASH:([a])=([b]))\n"),
    (.sqlServer, "Rows  Executes  StmtText\n9  1  |--Index Seek(OBJECT:([s].[dbo].[t].[i]), SEEK:([a]=1))\n"),
    (.oracle, "Plan hash value: 3617692013\n\n| Id  | Operation         | Name | Rows |\n"),
    (
      .oracle,
      "----------\n| Id  | Operation         | Name |\n----------\n|   1 |  TABLE ACCESS FULL| EMP  |\n"
    ),
    (.sqlite, "QUERY PLAN\n|--SCAN t\n`--SEARCH u USING INDEX i (a=?)\n"),
    (.sqlite, "QUERY PLAN\n`--SCAN t\n"),
    (.cockroachDB, "  distribution: full\n  vectorized: true\n\n  • scan\n    table: t@primary\n"),
    (.spark, "== Physical Plan ==\n*(1) Filter (a#0 > 1)\n+- *(1) ColumnarToRow\n"),
    (
      .duckDB,
      """
      ┌─────────────────────────────┐
      │┌───────────────────────────┐│
      ││       Physical Plan       ││
      │└───────────────────────────┘│
      └─────────────────────────────┘
      ┌───────────────────────────┐
      │         PROJECTION        │
      │    ────────────────────   │
      │             #0            │
      └─────────────┬─────────────┘
      ┌─────────────┴─────────────┐
      │         SEQ_SCAN          │
      │    ────────────────────   │
      │        Table: orders      │
      │          ~6 Rows          │
      └───────────────────────────┘
      """
    ),
    (.duckDB, "┌───────────────┐\n│   TABLE_SCAN  │\n│   ─────────   │\n└───────────────┘\n"),
    (
      .clickHouse,
      "Expression ((Projection + Before ORDER BY))\n  Filter (WHERE)\n    ReadFromMergeTree (default.hits)\n"
    ),
    (.clickHouse, "explain\nUnion\n  ReadFromStorage (SystemNumbers)\n"),
    (
      .snowflake,
      "GlobalStats:\n    partitionsTotal=2\nOperations:\n1:0     ->Result  Z1.ID\n1:1          ->TableScan  D.T\n"
    ),
    (
      .snowflake,
      "1:2     ->TableScan  D.T  ID  {partitionsTotal=1, partitionsAssigned=1, bytesAssigned=512}\n"
    ),
    (
      .tiDB,
      "| id            | estRows | task | access object | operator info     |\n| TableReader_7 | 10.00   | root |               | data:Selection_6  |\n"
    ),
    (.tiDB, "id\testRows\ttask\taccess object\toperator info\n"),
    (.db2, "Access Plan:\n-----------\n\tTotal Cost: \t\t106.794\n\n      Rows\n     RETURN\n     (   1)\n"),
    (.db2, "******************** EXPLAIN INSTANCE ********************\n"),
    (.trino, "Fragment 0 [SINGLE]\n    Output layout: [count]\n"),
    (.mongoDB, "{\n  \"queryPlanner\": {\n    \"winningPlan\": {}\n  }\n}\n"),
  ])
  func refusesAPlanByItsDatabase(_ database: ForeignPlan, _ text: String) {
    do {
      let read = try PlanReader.read(text)
      Issue.record("read: \(read.plan.nodes.map(\.type.name))")
    } catch {
      guard case .foreignPlan(let found, _) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(found == database)
    }
  }

  @Test func namesTheLineThatTells() {
    #expect(throws: PlanReadingError.foreignPlan(.oracle, at: SourcePosition(line: 3, column: 3))) {
      try PlanReader.read("Hello,\n\n  Plan hash value: 1\n")
    }
  }

  /// Every plan of PostgreSQL and of Aurora DSQL that is here, whole and in parts.
  @Test(arguments: ["postgres15", "dsql", "pasted", "psql"])
  func takesNoPlanOfPostgreSQLForAnother(_ folder: String) throws {
    for fixture in try Fixture.all(folder) {
      let rows = fixture.text.rows
      for count in stride(from: 1, through: rows.count, by: max(1, rows.count / 4)) {
        for part in [rows.prefix(count), rows.suffix(count)] {
          do {
            _ = try PlanReader.read(part.joined(separator: "\n"))
          } catch PlanReadingError.foreignPlan(let plan, let at) {
            Issue.record("\(fixture.name): \(plan) at line \(at.line)")
          } catch {}
        }
      }
    }
  }

  /// Pieces of a plan, with the blank lost that stands behind PostgreSQL's arrows.
  @Test(arguments: [
    "Materialize", "Sort", "Hash", "Limit", "Aggregate", "Update on t", "Append", "Unique", "Result",
  ])
  func takesNoLineThatLooksAlikeForAnother(_ node: String) throws {
    #expect(try PlanReader.read("-> \(node)  (cost=0.00..1.00 rows=1 width=4)").plan.nodes.count == 1)
  }
}

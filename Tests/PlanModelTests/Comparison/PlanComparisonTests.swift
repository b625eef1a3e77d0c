import PlanModel
import PlanReading
import Testing

@Suite struct PlanComparisonTests {
  /// Two plans of one statement, and all that differs.
  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var before: String
    var after: String
    var differences: [String]

    init(_ name: String, _ before: String, _ after: String, _ differences: [String]) {
      testDescription = name
      self.before = before
      self.after = after
      self.differences = differences
    }
  }

  /// A hash join of two tables with all that EXPLAIN prints of it.
  static let join = """
    Hash Join  (cost=3.00..9.00 rows=40 width=8) (actual time=1.000..9.000 rows=50 loops=1)
      Hash Cond: (o.customer_id = c.id)
      Buffers: shared hit=30
      ->  Seq Scan on orders o  (cost=0.00..5.00 rows=40 width=8) (actual time=0.100..6.000 rows=50 loops=1)
            Filter: (status = 'open'::text)
            Buffers: shared hit=20
      ->  Hash  (cost=2.00..2.00 rows=20 width=4) (actual time=0.500..0.500 rows=20 loops=1)
            Buffers: shared hit=10
            ->  Seq Scan on customers c  (cost=0.00..2.00 rows=20 width=4) (actual time=0.010..0.400 rows=20 loops=1)
                  Buffers: shared hit=10
    Settings: work_mem = '64MB'
    Planning Time: 0.300 ms
    Execution Time: 9.500 ms
    """

  static func changed(_ old: String, _ new: String) -> String {
    precondition(join.contains(old))
    return join.replacing(old, with: new)
  }

  static let oneKindEach = [
    Row("identical", join, join, []),
    Row(
      "an estimate", join, changed("5.00 rows=40", "5.00 rows=4000"),
      ["estimatedRows of Seq Scan on orders o: 40.0 | 4000.0"]),
    Row(
      "rows", join, changed("6.000 rows=50", "6.000 rows=70"),
      ["actualRows of Seq Scan on orders o: 50.0 | 70.0"]),
    Row(
      "a node's time", join, changed("0.100..6.000", "0.100..8.000"),
      ["ownTime of Hash Join: 2.5 | 0.5", "ownTime of Seq Scan on orders o: 6.0 | 8.0"]),
    Row("the whole time", join, changed("9.500", "19.500"), ["executionTime: 9.5 | 19.5"]),
    Row("the time of planning", join, changed("0.300 ms", "3 ms"), ["planningTime: 0.3 | 3.0"]),
    Row(
      "pages of a scan", join, changed("hit=20", "hit=15 read=5"),
      ["sharedHit of Seq Scan on orders o: 20.0 | 15.0", "sharedRead of Seq Scan on orders o: 0.0 | 5.0"]),
    Row("pages of a plan", join, changed("hit=30", "hit=30, temp read=7"), ["temporary: 0.0 | 7.0"]),
    Row("a setting's value", join, changed("64MB", "4MB"), ["work_mem: 64MB | 4MB"]),
    Row(
      "another setting", join, changed("Settings: work_mem = '64MB'", "Settings: enable_sort = 'off'"),
      ["enable_sort: default | off", "work_mem: 64MB | default"]),
    Row(
      "settings gone, which the second plan would print", join,
      changed("Settings: work_mem = '64MB'\n", ""), ["work_mem: 64MB | default"]),
    Row(
      "settings that the first plan may not have been asked for",
      changed("Settings: work_mem = '64MB'\n", ""),
      join, ["no settings before"]),
    Row(
      "an index", "Index Scan using a on t", "Index Scan using b on t",
      [
        "first: Index Scan using a on t | Index Scan using b on t",
        "changed: Index Scan using a on t | Index Scan using b on t",
      ]),
    Row(
      "a scan method", "Limit\n  ->  Seq Scan on t", "Limit\n  ->  Index Scan using a on t",
      [
        "first: Seq Scan on t | Index Scan using a on t",
        "changed: Seq Scan on t | Index Scan using a on t",
      ]),
    Row(
      "a node on top", "Seq Scan on t", "Limit\n  ->  Seq Scan on t",
      ["first: Seq Scan on t | Limit", "new: Limit"]),
    Row(
      "a node below", "Limit\n  ->  Sort\n        ->  Seq Scan on t", "Limit\n  ->  Sort",
      ["first: Seq Scan on t | –", "gone: Seq Scan on t"]),
    Row(
      "a node that ran", "Limit (actual rows=1 loops=1)\n  ->  Seq Scan on t (never executed)",
      "Limit (actual rows=1 loops=1)\n  ->  Seq Scan on t (actual rows=3 loops=1)",
      ["actualRows of Seq Scan on t: never | 3.0"]),
  ]

  static let joins = [
    Row(
      "a join method and with it an access path",
      """
      Aggregate
        ->  Hash Join
              ->  Seq Scan on orders o
              ->  Hash
                    ->  Seq Scan on customers c
      """,
      """
      Aggregate
        ->  Nested Loop
              ->  Seq Scan on customers c
              ->  Index Scan using orders_customer on orders o
      """,
      [
        "first: Hash Join | Nested Loop", "changed: Hash Join | Nested Loop",
        "changed: Seq Scan on orders o | Index Scan using orders_customer on orders o", "gone: Hash",
      ]),
    Row(
      "which input is hashed",
      """
      Hash Join
        ->  Seq Scan on orders o
        ->  Hash
              ->  Seq Scan on customers c
      """,
      """
      Hash Join
        ->  Seq Scan on customers c
        ->  Hash
              ->  Seq Scan on orders o
      """,
      ["first: Seq Scan on orders o | Seq Scan on customers c", "gone: Hash", "new: Hash"]),
    Row(
      "the order of three tables",
      """
      Merge Join
        ->  Hash Join
              ->  Seq Scan on a
              ->  Seq Scan on b
        ->  Seq Scan on c
      """,
      """
      Merge Join
        ->  Hash Join
              ->  Seq Scan on b
              ->  Seq Scan on c
        ->  Seq Scan on a
      """,
      ["first: Seq Scan on a | Seq Scan on b", "gone: Hash Join", "new: Hash Join"]),
    Row(
      "which of two readers of one table comes first",
      "Nested Loop\n  ->  Seq Scan on t t1\n  ->  Seq Scan on t t2",
      "Nested Loop\n  ->  Seq Scan on t t2\n  ->  Seq Scan on t t1",
      ["first: Seq Scan on t t1 | Seq Scan on t t2"]),
    Row(
      "an input that is now read once for each row",
      """
      Hash Join  (cost=0..1 rows=5 width=4)
        ->  Seq Scan on a  (cost=0..1 rows=5 width=4)
        ->  Hash  (cost=0..1 rows=900 width=4)
              ->  Seq Scan on b  (cost=0..1 rows=900 width=4)
      """,
      """
      Nested Loop  (cost=0..1 rows=5 width=4)
        ->  Seq Scan on a  (cost=0..1 rows=5 width=4)
        ->  Index Scan using i on b  (cost=0..1 rows=1 width=4)
      """,
      [
        "first: Hash Join | Nested Loop", "changed: Hash Join | Nested Loop",
        "changed: Seq Scan on b | Index Scan using i on b", "gone: Hash", "1 estimates per loop",
      ]),
  ]

  static let nearMisses = [
    Row(
      "schemas that VERBOSE prints", "Seq Scan on orders o\n  Filter: (a = 1)",
      "Seq Scan on public.orders o\n  Output: a\n  Filter: (o.a = 1)", []),
    Row(
      "another schema", "Seq Scan on a.orders", "Seq Scan on b.orders",
      [
        "first: Seq Scan on a.orders | Seq Scan on b.orders",
        "changed: Seq Scan on a.orders | Seq Scan on b.orders",
      ]),
    Row(
      "how releases call sub-plans",
      """
      Seq Scan on a
        Filter: (b > $0)
        InitPlan 1 (returns $0)
          ->  Seq Scan on c
      """,
      """
      Seq Scan on a
        Filter: (b > (InitPlan expr_1).col1)
        InitPlan expr_1
          ->  Seq Scan on c
      """, []),
    Row(
      "what workers share",
      """
      Finalize Aggregate  (cost=0..9 rows=1 width=8)
        ->  Gather  (cost=0..9 rows=2 width=8)
              Workers Planned: 2
              ->  Partial Aggregate  (cost=0..9 rows=1 width=8)
                    ->  Parallel Seq Scan on t  (cost=0..9 rows=400 width=8)
      """,
      """
      Aggregate  (cost=0..9 rows=1 width=8)
        ->  Seq Scan on t  (cost=0..9 rows=960 width=8)
      """,
      [
        "same but for workers", "gone: Gather", "gone: Partial Aggregate", "1 estimates per loop",
      ]),
    Row(
      "fewer workers that were started",
      "Gather (actual rows=9 loops=1)\n  Workers Planned: 2\n  Workers Launched: 2\n  ->  Seq Scan on t (actual rows=3 loops=3)",
      "Gather (actual rows=9 loops=1)\n  Workers Planned: 2\n  Workers Launched: 0\n  ->  Seq Scan on t (actual rows=9 loops=1)",
      ["workersLaunched: 2.0 | 0.0"]),
    Row(
      "averages that are rounded", "Seq Scan on t (actual rows=1 loops=1000)",
      "Seq Scan on t (actual rows=1.25 loops=1000)", ["actualRows: 1000.0 | 1250.0"]),
    Row(
      "a partition that was pruned",
      "Append\n  ->  Seq Scan on p1 p_1\n  ->  Seq Scan on p2 p_2\n  ->  Seq Scan on p3 p_3",
      "Append\n  ->  Seq Scan on p1 p_1\n  ->  Seq Scan on p3 p_2",
      ["first: Seq Scan on p2 p_2 | Seq Scan on p3 p_2", "gone: Seq Scan on p2 p_2"]),
    Row(
      "partitions of one table, none of them read twice",
      "Append\n  ->  Seq Scan on p1 p_1\n  ->  Seq Scan on p2 p_2",
      "Append\n  ->  Seq Scan on p3 p_1\n  ->  Seq Scan on p4 p_2",
      [
        "first: Seq Scan on p1 p_1 | Seq Scan on p3 p_1", "gone: Seq Scan on p1 p_1",
        "gone: Seq Scan on p2 p_2", "new: Seq Scan on p3 p_1", "new: Seq Scan on p4 p_2",
      ]),
    Row(
      "a plan that reads nothing", "Result\n  One-Time Filter: false", "Seq Scan on t",
      ["first: Result | Seq Scan on t", "gone: Result", "new: Seq Scan on t"]),
    Row(
      "tables of another statement", "Seq Scan on a", "Seq Scan on b",
      ["unrelated", "first: Seq Scan on a | Seq Scan on b", "gone: Seq Scan on a", "new: Seq Scan on b"]),
    Row(
      "functions of one name on other tables",
      "Nested Loop\n  ->  Seq Scan on a\n  ->  Function Scan on f",
      "Nested Loop\n  ->  Seq Scan on b\n  ->  Function Scan on f",
      ["unrelated", "first: Seq Scan on a | Seq Scan on b", "gone: Seq Scan on a", "new: Seq Scan on b"]),
  ]

  static let statements = [
    Row(
      "an UPDATE and its SELECT",
      """
      Update on t  (cost=0..9 rows=0 width=0) (actual time=8.000..8.000 rows=0 loops=1)
        ->  Seq Scan on t  (cost=0..9 rows=5 width=6) (actual time=1.000..2.000 rows=5 loops=1)
      Execution Time: 9.000 ms
      """,
      """
      Seq Scan on public.t  (cost=0..9 rows=5 width=6) (actual time=1.000..3.000 rows=5 loops=1)
      Execution Time: 3.500 ms
      """,
      [
        "topDuration: 2.0 | 3.0", "ownTime of Seq Scan on public.t: 2.0 | 3.0", "no buffers before and after",
        "execution time of the statement", "left out: Update on t",
      ]),
    Row(
      "an UPDATE of partitions, with an init plan",
      """
      Update on p
        Update on p1 p_1
        Update on p2 p_2
        InitPlan 1 (returns $0)
          ->  Seq Scan on x
        ->  Append
              ->  Seq Scan on p1 p_1
              ->  Seq Scan on p2 p_2
      """,
      """
      Append
        InitPlan 1 (returns $0)
          ->  Seq Scan on x
        ->  Seq Scan on p1 p
        ->  Seq Scan on p2 p
      """, ["left out: Update on p"]),
    Row(
      "locks", "Limit\n  ->  LockRows\n        ->  Seq Scan on t", "Limit\n  ->  Seq Scan on t",
      ["left out: LockRows"]),
    Row(
      "locks in a CTE", "CTE Scan on c\n  CTE c\n    ->  LockRows\n          ->  Seq Scan on t",
      "CTE Scan on c\n  CTE c\n    ->  Seq Scan on t", ["left out: LockRows"]),
    Row("two UPDATEs", "Update on t\n  ->  Seq Scan on t", "Update on t\n  ->  Seq Scan on t", []),
  ]

  @Test(arguments: oneKindEach + joins + nearMisses + statements)
  func tellsWhatDiffers(_ row: Row) throws {
    let quiet: Set<String> = [
      "no actualFigures before and after", "no costs before and after", "no settings before",
      "no times before and after", "no buffers before and after",
    ]
    let expected = row.differences.filter { !quiet.contains($0) }
    let lines = try ComparisonText(row.before, row.after).lines.filter { !quiet.contains($0) }
    #expect(lines == expected)
  }

  @Test func isEmptyForOnePlanOnly() throws {
    let plan = try PlanReader.read(Self.join).plan
    #expect(PlanComparison(plan, plan).isEmpty)
    for row in Self.oneKindEach.dropFirst() where !row.differences[0].hasPrefix("no ") {
      let (before, after) = (try PlanReader.read(row.before).plan, try PlanReader.read(row.after).plan)
      #expect(!PlanComparison(before, after, secondHasSettings: true).isEmpty, "\(row.testDescription)")
    }
  }

  @Test(arguments: [
    ("Seq Scan on t", "Seq Scan on t (actual time=0.010..0.020 rows=1 loops=1)", "no actualFigures before"),
    ("Seq Scan on t (actual time=0.010..0.020 rows=1 loops=1)", "Seq Scan on t", "no actualFigures after"),
    ("Seq Scan on t", "Seq Scan on t", "no actualFigures before and after"),
    ("Seq Scan on t (actual rows=1 loops=1)", "Seq Scan on t", "no times before"),
    ("Seq Scan on t", "Seq Scan on t  (cost=0..1 rows=1 width=4)", "no costs before"),
    ("Seq Scan on t (actual rows=1 loops=1)", "Seq Scan on t", "no buffers before"),
    ("Seq Scan on t", "Seq Scan on t", "no settings before"),
    ("Seq Scan on t\nSettings: a = 'b'", "Seq Scan on t", nil),
  ])
  func saysWhatCannotBeCompared(_ before: String, _ after: String, _ gap: String?) throws {
    let lines = try ComparisonText(before, after).lines
    if let gap {
      #expect(lines.contains(gap))
    } else {
      #expect(lines.contains("a: b | default") && !lines.contains { $0.hasPrefix("no settings") })
    }
  }

  @Test func knowsNoDefaultsWhereNeitherPlanTellsItsSettings() throws {
    let lines = try ComparisonText(
      "Seq Scan on t\nSettings: a = 'b'", "Seq Scan on t", secondHasSettings: false
    )
    .lines
    #expect(lines.contains("no settings after") && !lines.contains { $0.hasPrefix("a:") })
  }

  @Test func needsNoStackForADeepPlan() {
    let chain = { (depth: Int, relation: String) -> ExplainedPlan in
      let nodes = (0..<depth).map { PlanNode(parent: $0 == 0 ? nil : $0 - 1, type: NodeType("Result")) }
      let scan = PlanNode(
        parent: depth - 1, type: NodeType("Seq Scan"), relation: RelationReference(name: relation))
      return ExplainedPlan(nodes: nodes + [scan])
    }
    let comparison = PlanComparison(chain(30_000, "a"), chain(29_999, "a"))
    #expect(comparison.pairs.count == 30_000)
    #expect(comparison.onlyBefore.count == 1 && comparison.onlyAfter.isEmpty)
    #expect(!PlanComparison(chain(30_000, "a"), chain(30_000, "b")).areRelated)
  }

  /// Each node has one partner at most, and a plan is its own partner node by node.
  @Test(arguments: LiveCorpusTexts.all)
  func pairsEveryNodeOfAPlanWithItself(_ text: String) throws {
    let plan = try PlanReader.read(text).plan
    let comparison = PlanComparison(plan, plan, secondHasSettings: true)
    #expect(comparison.pairs.map(\.after) == Array(plan.nodes.indices))
    #expect(comparison.isEmpty)
  }
}

/// Plans with repeated parts.
enum LiveCorpusTexts {
  static let all = [
    "Append\n  ->  Seq Scan on t\n  ->  Seq Scan on t\n  ->  Limit\n        ->  Seq Scan on t",
    """
    Hash Join
      CTE c
        ->  Seq Scan on t
      ->  CTE Scan on c a
      ->  Hash
            ->  CTE Scan on c b
    """,
    "Nested Loop\n  ->  Result\n  ->  Nested Loop\n        ->  Result\n        ->  Result",
    PlanComparisonTests.join,
  ]
}

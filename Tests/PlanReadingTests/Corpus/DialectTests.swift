import PlanModel
import PlanReading
import PlanWriting
import Testing

/// What releases print differently comes back as it was.
@Suite struct DialectTests {
  @Test(arguments: [
    // Release 12: sorts of workers above the node's buffers, one blank before a worker's figures.
    """
    Gather Merge  (cost=1.00..2.00 rows=3 width=4) (actual time=1.000..2.000 rows=3 loops=1)
      Workers Planned: 2
      Workers Launched: 1
      Buffers: shared hit=3
      ->  Sort  (cost=1.00..2.00 rows=3 width=4) (actual time=1.000..2.000 rows=3 loops=2)
            Sort Key: a
            Sort Method: quicksort  Memory: 25kB
            Worker 0:  Sort Method: quicksort  Memory: 26kB
            Buffers: shared hit=3
            Worker 0: actual time=1.000..2.000 rows=3 loops=1
              Buffers: shared hit=1
            ->  Parallel Seq Scan on t  (cost=0.00..1.00 rows=3 width=4) (actual time=0.001..0.002 rows=3 loops=2)
    Planning Time: 0.100 ms
    Execution Time: 2.000 ms

    """,
    // Release 13 on: all of a worker together.
    """
    Sort (actual time=1.000..2.000 rows=3 loops=2)
      Sort Key: a
      Sort Method: external merge  Disk: 2500kB
      Buffers: shared hit=3, local read=1, temp read=4 written=5
      WAL: records=1 bytes=64
      Worker 0:  actual time=1.000..2.000 rows=3 loops=1
        Sort Method: quicksort  Memory: 26kB
        JIT:
          Functions: 2
          Timing: Generation 0.1 ms, Inlining 0.0 ms, Optimization 0.1 ms, Emission 0.1 ms, Total 0.3 ms
        Buffers: shared hit=1
      Worker 1:  Sort Method: quicksort  Memory: 27kB
      ->  Seq Scan on t (never executed)

    """,
    // Times of blocks: up to 14, in 15 and 16, from 17 on.
    "Seq Scan on t\n  Buffers: shared read=1\n  I/O Timings: read=0.250 write=1.000\n",
    "Seq Scan on t\n  I/O Timings: shared/local read=0.250, temp read=1.000 write=2.500\n",
    "Seq Scan on t\n  I/O Timings: shared read=0.250, local write=1.000, temp read=1.500\n",
    // Release 17: memory of planning, serialization. Release 18: fractions, searches, nodes that were disabled.
    """
    Nested Loop  (cost=1.00..2.00 rows=3 width=4) (actual time=1.000..2.000 rows=1.50 loops=2)
      Disabled: true
      ->  Index Scan using i on t  (cost=1.00..2.00 rows=3 width=4) (actual time=1.000..2.000 rows=0.33 loops=3)
            Index Cond: (a = 1)
            Index Searches: 3
            Buffers: shared hit=9
      ->  WindowAgg  (cost=1.00..2.00 rows=3 width=4) (actual time=1.000..2.000 rows=1.00 loops=3)
            Window: w1 AS (PARTITION BY b ORDER BY c ROWS UNBOUNDED PRECEDING)
            Storage: Memory  Maximum Storage: 17kB
            ->  CTE Scan on c  (cost=1.00..2.00 rows=3 width=4) (actual time=1.000..2.000 rows=1.00 loops=3)
                  Filter: (a = (InitPlan expr_1).col1)
    Settings: work_mem = '64kB', search_path = '"$user", it's, 'so''
    Query Identifier: -42
    Planning:
      Buffers: shared hit=5
      I/O Timings: shared read=0.100
      Memory: used=8kB  allocated=16kB
    Planning Time: 0.100 ms
    Trigger RI_ConstraintTrigger_c_1 for constraint t_fk on t: time=0.100 calls=2
    JIT:
      Functions: 2
      Options: Inlining false, Optimization false, Expressions true, Deforming true
    Serialization: time=0.003 ms  output=1kB  format=text
      Buffers: shared hit=1
    Execution Time: 2.000 ms

    """,
    // Sub-plans of every release.
    """
    Result
      InitPlan 1 (returns $0,$1)
        ->  Seq Scan on a
      InitPlan expr_1
        ->  Seq Scan on b
      CTE one two
        ->  Seq Scan on c
              SubPlan exists_1
                ->  Seq Scan on d
              CTE one two
                ->  Seq Scan on e
      ->  Seq Scan on f
            Filter: (ANY (a = (hashed SubPlan any_1).col1))
            SubPlan any_1
              ->  Seq Scan on g

    """,
    // A keyword of another release, quote_all_identifiers, a name with a line break.
    "Seq Scan on \"json_scalar\"\n", "Seq Scan on json_scalar\n", "Seq Scan on \"a\".\"b\" \"c\"\n",
    "Index Scan using \"i\nj\"\" on k\" on t \"x (cost=\"  (cost=1.00..2.00 rows=3 width=4)\n  Output: a\n",
    // What no release prints yet.
    """
    Quantum Scan on t  (cost=0.00..1.00 rows=1 width=4 qubits=7) (actual time=0.001..0.002 rows=1 loops=1 spins=2)
      Entangled With: nothing, yet
      Sort Method: psychic  Aura: 12
      Buckets: many
      Buffers: shared hit=1 guessed=3
      Nothing:
      Misses: 3
      Memory Usage: 5kB

    """,
    """
    Hash
      Buckets: 1024 (originally 1024)  Batches: 4 (originally 1)  Memory Usage: 40kB
      Buffers: shared hit=1
      Prefetch: 12 blocks
      WAL: records=1
      Subplans Removed: 1
      ->  Result

    """,
    """
    HashAggregate
      Group Key: a
      Filter: (count(*) > 1)
      Planned Partitions: 4  Batches: 5  Memory Usage: 4145kB  Disk Usage: 8kB
      Rows Removed by Filter: 3
      Worker 0:  Batches: 1  Memory Usage: 24kB
      ->  Result

    """,
  ])
  func writesTheTextThatItRead(_ text: String) { #expect(RoundTrip(text).faults == []) }

  @Test func knowsTheReleaseByTheNamesOfItsBlocks() throws {
    let timings = ["read=1.000", "shared/local read=1.000", "shared read=1.000"]
    let read = try timings.map { try PlanReader.read("Seq Scan on t\n  I/O Timings: \($0)\n") }
    #expect(read.map(\.dialect.ioTimings) == [.unnamed, .together, .sharedAndLocal])
    #expect(read.allSatisfy { $0.plan == read[0].plan })
  }

  @Test func quotesNamesOfOtherFormatsWhereSQLNeedsIt() throws {
    let json = #"{"Plan": {"Node Type": "Seq Scan", "Relation Name": "Order", "Alias": "select"}}"#
    let read = try PlanReader.read(json)
    #expect(read.dialect == TextDialect())
    #expect(TextPlanWriter.text(of: read.plan) == "Seq Scan on \"Order\" \"select\"\n")
  }

  @Test(arguments: [
    (0.0, "0.00"), (0.005, "0.01"), (0.29, "0.29"), (1.005, "1.00"), (-1.5, "-1.50"),
    (99999999.99, "99999999.99"),
    (1e15, "1000000000000000.00"), (.infinity, "inf"),
    (12_345_678_901_234_567_168, "12345678901234567168.00"),
  ])
  func printsNumbersAsCDoes(_ number: Double, _ printed: String) {
    var node = PlanNode(parent: nil, type: NodeType("Result"))
    node.estimate = CostEstimate(startupCost: number, totalCost: number, planRows: 1, planWidth: 4)
    let text = TextPlanWriter.text(of: ExplainedPlan(nodes: [node]))
    #expect(text == "Result  (cost=\(printed)..\(printed) rows=1 width=4)\n")
  }
}

/// Roots without figures.
@Suite struct RootTests {
  @Test func beginsAPlanOfSeveralTargetsAtItsFirstLine() throws {
    let read = try PlanReader.read("Update on a\n  Update on a_1\n  Foreign Update on b a_2\n  ->  Result\n")
    #expect(read.plan.nodes.map(\.label) == ["Update on a", "Result"])
    #expect(read.plan.root[.targetTable] == "a_1")
    #expect(read.plan.root[.foreignTargetTable] == "b a_2")
    #expect(read.notes.isEmpty)
  }

  @Test func listsAPlanOfOneLineBehindAnother() throws {
    let read = try PlanReader.read("Insert on a\n  ->  Result\n\nSeq Scan on t\n\nThanks\n")
    #expect(read.plan.root.label == "Insert on a")
    #expect(read.otherPlans.map(\.firstLine) == ["Seq Scan on t"])
  }

  @Test func takesAHeadingForNoPlan() throws {
    #expect(throws: PlanReadingError.self) {
      try PlanReader.read("Limit\n\nSort on the client?\n\nResult\n")
    }
    let read = try PlanReader.read("Seq Scan on orders\n\nInsert on a\n  ->  Result\n")
    #expect(read.plan.root.label == "Insert on a")
  }
}

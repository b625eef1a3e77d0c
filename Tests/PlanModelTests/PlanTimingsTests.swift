import PlanModel
import PlanReading
import Testing

@Suite struct PlanTimingsTests {
  private func timings(_ text: String) throws -> PlanTimings { PlanTimings(try PlanReader.readAnswer(text).plan) }

  @Test func dividesBelowAGatherByTheLoopsOfItsChild() throws {
    let timings = try timings(
      """
      Gather  (actual time=1.000..200.000 rows=9 loops=1)
        Workers Planned: 2
        ->  Nested Loop  (actual time=1.000..180.000 rows=3 loops=3)
              ->  Parallel Seq Scan on a  (actual time=1.000..100.000 rows=3 loops=3)
              ->  Index Scan using i on b  (actual time=1.000..1.000 rows=1 loops=60)
      Execution Time: 250.000 ms
      """)
    #expect(timings.nodes.map(\.processes) == [1, 3, 3, 3])
    #expect(timings.nodes.map(\.nodeDuration) == [200, 540, 300, 60])
    #expect(timings.nodes.map(\.wallContribution) == [200, 180, 100, 20])
    #expect(timings.nodes.map(\.ownTime) == [20, 60, 100, 20])
    #expect(timings.nodes.map(\.share) == [0.8, 0.72, 0.4, 0.08])
    #expect(timings.nodes.map(\.certainty) == [.exact, .inferred, .inferred, .inferred])
    #expect(timings.nodes.map(\.ranIn) == [1, 3, 3, nil])
    #expect(timings.nodes[3].uncertainty == 0.01)
    #expect(timings.accountedFor == 1)
    #expect(timings.remainder == 50)
  }

  @Test func countsABitmapThatOneProcessBuiltWhileTheOthersWaited() throws {
    let timings = try timings(
      """
      Gather  (actual time=1.000..100.000 rows=9 loops=1)
        ->  Parallel Bitmap Heap Scan on a  (actual time=1.000..90.000 rows=3 loops=3)
              ->  Bitmap Index Scan on i  (actual time=30.000..30.000 rows=9 loops=1)
      """)
    #expect(timings.nodes.map(\.wallContribution) == [100, 90, 30])
    #expect(timings.nodes.map(\.ownTime) == [10, 60, 30])
  }

  @Test func dividesABitmapThatEveryProcessBuiltForItself() throws {
    let timings = try timings(
      """
      Gather  (actual time=1.000..100.000 rows=9 loops=1)
        ->  Nested Loop  (actual time=1.000..90.000 rows=3 loops=2)
              ->  Parallel Seq Scan on b  (actual time=1.000..10.000 rows=3 loops=2)
              ->  Bitmap Heap Scan on a  (actual time=1.000..10.000 rows=3 loops=6)
                    ->  Bitmap Index Scan on i  (actual time=5.000..5.000 rows=9 loops=6)
      """)
    #expect(timings.nodes.map(\.wallContribution) == [100, 90, 10, 30, 15])
  }

  @Test func letsNoWorkerTakeLongerThanItsGather() throws {
    let timings = try timings(
      """
      Gather  (actual time=1.000..100.000 rows=9 loops=1)
        ->  Parallel Seq Scan on a  (actual time=1.000..400.000 rows=3 loops=3)
      """)
    #expect(timings.nodes.map(\.ownTime) == [0, 100])
  }

  @Test func takesATimedAncestorForNodesThatPrintNoTime() throws {
    let timings = try timings(
      """
      Index Only Scan using i on t  (cost=1.00..2.00 rows=1 width=4) (actual time=0.500..1.200 rows=3 loops=1)
        -> Storage Scan on i (cost=1.00..2.00 rows=1 width=4) (actual rows=3 loops=1)
            -> B-Tree Scan on i (cost=1.00..2.00 rows=1 width=4) (actual rows=3 loops=1)
      """)
    #expect(timings.nodes.map(\.ownTime) == [1.2, nil, nil])
    #expect(timings.nodes.map(\.standIn) == [nil, 0, 0])
    #expect(timings.totalTime == 1.2)
  }

  @Test func givesANodeThatWasNeverExecutedNoTime() throws {
    let timings = try timings(
      """
      Append  (actual time=0.500..1.200 rows=3 loops=1)
        ->  Seq Scan on a  (never executed)
      """)
    #expect(timings.nodes[1].isNeverExecuted)
    #expect(timings.nodes[1].nodeDuration == 0)
    #expect(timings.nodes[0].ownTime == 1.2)
  }

  @Test(arguments: ["(actual rows=3 loops=1)", ""])
  func knowsNoTimesWhereNoneArePrinted(_ figures: String) throws {
    let timings = try timings("Seq Scan on a  (cost=1.00..2.00 rows=1 width=4) \(figures)\n")
    #expect(timings.rootDuration == nil)
    #expect(timings.accountedFor == nil)
    #expect(timings.nodes[0].wallContribution == nil)
    #expect(timings.nodes[0].standIn == nil)
  }

  @Test(arguments: [
    ("InitPlan 1 (returns $1)", "(a > $1)", "(b > $10)"),
    ("InitPlan 1 (returns $1)", "(a > $1)", "(b > '$1'::text)"),
    ("InitPlan 1 (returns $0,$1)", "(a > $1)", "(b > 1)"),
    ("InitPlan 1", "(a > (InitPlan 1).col1)", "(b > (InitPlan 10).col1)"),
    ("InitPlan expr_1", "(a > (InitPlan expr_1).col1)", "(b > (InitPlan expr_10).col1)"),
  ])
  func chargesTheNodeThatMentionsAnInitPlan(_ heading: String, _ user: String, _ other: String) throws {
    let timings = try timings(
      """
      Nested Loop  (actual time=1.000..500.000 rows=3 loops=1)
        \(heading)
          ->  Seq Scan on c  (actual time=1.000..80.000 rows=3 loops=1)
        ->  Seq Scan on a  (actual time=1.000..100.000 rows=3 loops=1)
              Filter: \(user)
        ->  Seq Scan on b  (actual time=1.000..300.000 rows=3 loops=1)
              Filter: \(other)
      """)
    #expect(timings.nodes.map(\.ownTime) == [100, 80, 20, 300])
    #expect(timings.nodes[2].chargedSubplans == [1])
  }

  @Test func chargesAnInitPlanThatNobodyMentionsToANodeThatHasTheTime() throws {
    let timings = try timings(
      """
      Sort  (actual time=1.000..150.000 rows=3 loops=1)
        InitPlan 1 (returns $0)
          ->  Seq Scan on c  (actual time=1.000..80.000 rows=3 loops=1)
        ->  Seq Scan on a  (actual time=1.000..120.000 rows=3 loops=1)
      """)
    #expect(timings.nodes.map(\.ownTime) == [30, 80, 40])
  }

  @Test func spreadsACTEOverItsReadersLargestFirst() throws {
    let timings = try timings(
      """
      Hash Join  (actual time=1.000..200.000 rows=3 loops=1)
        CTE c
          ->  Seq Scan on t  (actual time=1.000..100.000 rows=3 loops=1)
        ->  CTE Scan on c a  (actual time=1.000..30.000 rows=3 loops=1)
        ->  Hash  (actual time=1.000..95.000 rows=3 loops=1)
              ->  CTE Scan on c b  (actual time=1.000..90.000 rows=3 loops=1)
      """)
    #expect(timings.nodes.map(\.ownTime) == [75, 100, 20, 5, 0])
    #expect(timings.accountedFor == 1)
  }

  @Test func sharesASubPlanAmongThePartitionsThatRanIt() throws {
    let timings = try timings(
      """
      Append  (actual time=1.000..100.000 rows=3 loops=1)
        ->  Seq Scan on p1  (actual time=1.000..20.000 rows=4 loops=1)
              Filter: (1 = (SubPlan 1))
              Rows Removed by Filter: 6
              SubPlan 1
                ->  Seq Scan on t  (actual time=1.000..1.000 rows=1 loops=50)
        ->  Seq Scan on p2  (actual time=1.000..80.000 rows=40 loops=1)
              Filter: (1 = (SubPlan 1))
      """)
    #expect(timings.nodes.map(\.ownTime) == [0, 10, 50, 40])
  }

  @Test func setsTimeApartThatADataModifyingCTETookAfterTheRoot() throws {
    let timings = try timings(
      """
      Result  (actual time=0.001..0.002 rows=1 loops=1)
        CTE d
          ->  Insert on few  (actual time=0.284..11.811 rows=3000 loops=1)
      Execution Time: 12.155 ms
      """)
    #expect(timings.timeAfterRoot == 11.811)
    #expect(abs((timings.accountedFor ?? 0) - 1) < 0.001)
  }

  @Test func saysWhenAProductOfTimeAndLoopsIsTooCoarse() throws {
    let timings = try timings(
      """
      Nested Loop  (actual time=1.000..50.000 rows=3 loops=1)
        ->  Seq Scan on a  (actual time=1.000..10.000 rows=9 loops=1)
        ->  Index Scan using i on b  (actual time=0.002..0.002 rows=3 loops=9000)
        ->  Index Scan using i on c  (actual time=0.003..0.003 rows=3 loops=9000)
      """)
    #expect(timings.nodes.map(\.isApproximate) == [false, false, true, false])
  }

  @Test func takesTheSideThatAHashJoinReadsFirstForTheOneThatWaited() throws {
    // The table costs less than the first outer row: it is filled before the outer side starts.
    let timings = try timings(
      """
      Hash Join  (cost=90.00..99.00 rows=3 width=4) (actual time=410.000..411.000 rows=3 loops=1)
        InitPlan 1 (returns $0)
          ->  Seq Scan on t  (cost=0.00..1.00 rows=1 width=4) (actual time=100.000..100.000 rows=1 loops=1)
        ->  Seq Scan on a  (cost=90.00..95.00 rows=3 width=4) (actual time=200.000..200.000 rows=3 loops=1)
              Filter: (x = $0)
        ->  Hash  (cost=50.00..50.00 rows=3 width=4) (actual time=210.000..210.000 rows=3 loops=1)
              ->  Seq Scan on b  (cost=0.00..50.00 rows=3 width=4) (actual time=210.000..210.000 rows=3 loops=1)
                    Filter: (y = $0)
      """)
    #expect(timings.nodes.map(\.ownTime) == [1, 100, 200, 0, 110])
    #expect(timings.nodes.map(\.certainty) == [.exact, .exact, .inferred, .exact, .inferred])
  }

  /// Up to release 13 both ways of running a sub-select are printed, and one of them runs.
  @Test func chargesTheAlternativeThatRan() throws {
    let timings = try timings(
      """
      Seq Scan on a  (actual time=1.000..100.000 rows=5 loops=1)
        Filter: (alternatives: SubPlan 1 or hashed SubPlan 2)
        SubPlan 1
          ->  Index Scan using i on b  (never executed)
        SubPlan 2
          ->  Seq Scan on b b_1  (actual time=1.000..80.000 rows=3 loops=1)
      """)
    #expect(timings.nodes.map(\.ownTime) == [20, 0, 80])
    #expect(timings.nodes.map(\.certainty) == [.exact, .exact, .exact])
  }

  /// From release 19 on the second CTE of a name is printed with a number, its scans without.
  @Test(arguments: [
    ("c_1", "c", [1, 99, 200, 0]), ("c_1", "c_1", [1, 99, 200, 0]), ("c", "c", [1, 99, 200, 0]),
  ])
  func findsTheCTEOfAScan(_ printed: String, _ scanned: String, _ expected: [Double]) throws {
    let timings = try timings(
      """
      Nested Loop  (actual time=1.000..300.000 rows=3 loops=1)
        CTE \(printed)
          ->  Seq Scan on s  (actual time=1.000..99.000 rows=3 loops=1)
        ->  Seq Scan on a  (actual time=1.000..200.000 rows=3 loops=1)
        ->  CTE Scan on \(scanned)  (actual time=1.000..99.000 rows=3 loops=1)
      """)
    #expect(timings.nodes.map(\.ownTime) == expected)
  }

  @Test func countsTheProcessesThatWorkerLinesName() throws {
    let timings = try timings(
      """
      Gather  (actual time=1.000..200.000 rows=9 loops=1)
        Workers Planned: 2
        Workers Launched: 2
        ->  Nested Loop  (actual time=1.000..180.000 rows=3 loops=3)
              Worker 0:  actual time=1.000..190.000 rows=3 loops=1
              Worker 1:  actual time=1.000..170.000 rows=3 loops=1
              ->  Parallel Seq Scan on a  (actual time=1.000..100.000 rows=3 loops=3)
                    Worker 0:  actual time=1.000..100.000 rows=3 loops=1
                    Worker 1:  actual time=1.000..100.000 rows=3 loops=1
              ->  Index Scan using i on b  (actual time=1.000..1.000 rows=1 loops=60)
                    Worker 0:  actual time=1.000..1.000 rows=3 loops=60
              ->  Index Scan using i on c  (actual time=1.000..1.000 rows=1 loops=6)
      """)
    #expect(timings.nodes.map(\.ranIn) == [1, 3, 3, 1, 1])
    #expect(timings.nodes.map(\.certainty) == Array(repeating: .exact, count: 5))
  }

  @Test func doesNotKnowATimeThatIsSmallerThanItsRoundingError() throws {
    let timings = try timings(
      """
      Nested Loop  (actual time=1.000..50.000 rows=3 loops=1)
        ->  Seq Scan on a  (actual time=1.000..40.000 rows=9 loops=1)
        ->  Index Scan using i on b  (actual time=0.000..0.000 rows=3 loops=9000)
      """)
    #expect(timings.nodes.map(\.certainty) == [.exact, .exact, .unknowable])
  }

  /// A walk to the root from every node would take hours.
  @Test(.timeLimit(.minutes(1))) func takesAPlanOfManyLevels() throws {
    let figures = ActualExecution.executed(ActualFigures(startupTime: 1, totalTime: 1, rows: 1, loops: 1))
    var nodes = [PlanNode(parent: nil, type: NodeType("Nested Loop"), actual: figures)]
    nodes.append(PlanNode(parent: 0, relationship: .cte("c"), type: NodeType("Result"), actual: figures))
    var parent = 0
    for _ in 0..<50_000 {
      var scan = PlanNode(parent: parent, type: NodeType("CTE Scan"), actual: figures)
      scan.relation = RelationReference(name: "c")
      nodes.append(PlanNode(parent: parent, type: NodeType("BitmapOr"), actual: figures))
      parent = nodes.count - 1
      nodes.append(scan)
    }
    #expect(PlanTimings(ExplainedPlan(nodes: nodes)).nodes.count == 100_002)
  }
}

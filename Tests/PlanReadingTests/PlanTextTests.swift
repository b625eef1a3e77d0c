import PlanModel
import PlanReading
import Testing

/// Lines of every kind, read one by one.
@Suite struct PlanTextTests {
  private func root(_ lines: String) throws -> PlanNode { try PlanReader.read(lines).plan.root }

  @Test(arguments: [
    ("Seq Scan on t", NodeType("Seq Scan")),
    (
      "Parallel Index Only Scan Backward using i on t",
      type("Index Only Scan") {
        $0.isParallelAware = true; $0.isBackward = true
      }
    ),
    ("Async Foreign Scan on t", type("Foreign Scan") { $0.isAsync = true }),
    (
      "Finalize GroupAggregate",
      type("Aggregate") {
        $0.partialMode = "Finalize"; $0.strategy = "Sorted"
      }
    ),
    (
      "Parallel Hash Right Anti Join",
      type("Hash Join") {
        $0.isParallelAware = true; $0.joinType = "Right Anti"
      }
    ),
    ("Nested Loop Left Join", type("Nested Loop") { $0.joinType = "Left" }),
    ("Merge Join", NodeType("Merge Join")),
    ("Merge Append", NodeType("Merge Append")),
    ("Merge on t", type("ModifyTable") { $0.command = "Merge" }),
    (
      "HashSetOp Except All",
      type("SetOp") {
        $0.strategy = "Hashed"; $0.command = "Except All"
      }
    ),
    ("Custom Scan (Columnar on disk) on t", NodeType("Custom Scan (Columnar on disk)")),
    ("Foreign Update on t", type("Foreign Scan") { $0.command = "Update" }),
    ("Quantum Scan on t", NodeType("Quantum Scan")),
  ])
  func readsTypesWithTheirAttributes(_ words: String, _ expected: NodeType) throws {
    let node = try root(words + "  (cost=0.00..1.00 rows=1 width=4)\n")
    #expect(node.type == expected)
    #expect(node.label == words)
  }

  private static func type(_ name: String, _ change: (inout NodeType) -> Void) -> NodeType {
    var type = NodeType(name)
    change(&type)
    return type
  }

  @Test(arguments: [
    (
      "(actual time=0.010..0.020 rows=3 loops=2)",
      ActualExecution.executed(ActualFigures(startupTime: 0.01, totalTime: 0.02, rows: 3, loops: 2))
    ),
    ("(actual rows=3 loops=2)", .executed(ActualFigures(rows: 3, loops: 2))),
    ("(actual rows=1.50 loops=2)", .executed(ActualFigures(rows: 1.5, loops: 2, hasFractionalRows: true))),
    ("(never executed)", .neverExecuted),
    ("", .notReported),
    (
      "(actual rows=12345678901234567168 loops=1)",
      .executed(ActualFigures(rows: 12_345_678_901_234_567_168, loops: 1))
    ),
  ])
  func readsActualFigures(_ printed: String, _ expected: ActualExecution) throws {
    #expect(try root("Result  (cost=0.00..0.01 rows=1 width=4) \(printed)\n").actual == expected)
  }

  @Test func readsFractionsAsAFullConversionDoes() throws {
    for number in ["0.1", "0.3", "125100.05", "99999999.99", "1234567890123.45", "0.001"] {
      let node = try root("Result  (cost=\(number)..\(number) rows=1 width=4)\n")
      #expect(node.estimate?.startupCost == Double(number))
    }
  }

  @Test func keepsFiguresAndPropertiesThatItDoesNotKnow() throws {
    let node = try root(
      """
      Quantum Scan on t  (cost=0.00..1.00 rows=1 width=4 qubits=7)
        Entangled With: nothing, yet
        Sort Method: psychic  Aura: 12
        foreign File: /tmp/it's.csv
        Rows Removed by Filter: 2
      """)
    #expect(
      node.properties == [
        PlanProperty("qubits", "7"), PlanProperty("Entangled With", "nothing, yet"),
        PlanProperty("Sort Method", "psychic  Aura: 12"), PlanProperty("foreign File", "/tmp/it's.csv"),
        PlanProperty("Rows Removed by Filter", "2"),
      ])
  }

  @Test func readsAHashedAggregateThatWentToDisk() throws {
    let hash = try root(
      """
      HashAggregate  (cost=0.00..1.00 rows=1 width=4)
        Planned Partitions: 4  Batches: 5  Memory Usage: 4145kB  Disk Usage: 8kB
      """
    ).hash
    #expect(hash?.plannedPartitions == 4)
    #expect(hash?.batches == 5)
    #expect(hash?.peakMemory == 4145)
    #expect(hash?.diskUsage == 8)
  }

  @Test func readsPlansWithoutFigures() throws {
    let read = try PlanReader.read(
      """
      Hash Join
        Hash Cond: (a.id = b.id)
        ->  Seq Scan on a
        ->  Hash
              ->  Seq Scan on b
      """)
    #expect(read.plan.shape == "Hash Join(Seq Scan a, Seq Scan b)")
    #expect(!read.plan.isAnalyzed)
  }

  @Test func readsDeepPlansWithoutRecursion() throws {
    let depth = 2000
    let lines = (0..<depth).map { level in
      String(repeating: " ", count: level) + "->  Limit  (cost=0.00..1.00 rows=1 width=4)\n"
    }
    let text = try PlanReader.read(lines.joined()).plan
    #expect(text.nodes.count == depth)
    #expect(text.nodes.last?.parent == depth - 2)
  }

  @Test func readsDeepJSONWithoutRecursion() throws {
    let depth = 30_000
    let open = String(repeating: #"{"Node Type": "Limit", "Plans": ["#, count: depth)
    let close = String(repeating: "]}", count: depth)
    let plan = try PlanReader.read(#"{"Plan": \#(open)\#(close)}"#).plan
    #expect(plan.nodes.count == depth)
    #expect(PlanTimings(plan).rootDuration == nil)
    #expect(plan.shape.hasPrefix("Limit(Limit("))
  }

  /// Citus prints what a node has to tell below its first children as well.
  @Test func givesLinesBelowChildrenToTheNodeThatTheyStandUnder() throws {
    let read = try PlanReader.read(try Fixture.named("citus/distributed-subplan.txt").text)
    let nodes = read.plan.nodes
    #expect(read.notes.isEmpty && nodes.map(\.parent) == [nil, 0, 1, 2, 3, 4, 5, 0, 7, 8])
    #expect(
      nodes[0].properties.map(\.key.name) == ["Task Count", "Tuple data received from nodes", "Tasks Shown"])
    #expect(
      nodes[1].type.name == "Distributed Subplan 3_1" && nodes[1]["Intermediate Data Size"] == "18 bytes")
    #expect(nodes[4]["Node"] == "host=localhost port=9701 dbname=postgres")
    #expect(nodes[7]["Node"] == "host=localhost port=9702 dbname=postgres")
    // A task's own times stand with its topmost node, the whole plan's below all.
    #expect(nodes[5]["Execution Time"] == "0.030 ms" && nodes[8]["Execution Time"] == "0.060 ms")
    #expect(read.plan.executionTime == 30.5)
  }
}

import PlanModel
import PlanReading
import Testing

/// Thirty plans of real Aurora DSQL clusters; the first lines of each file name its source.
@Suite struct DSQLPlanTests {
  private func plan(_ name: String) throws -> ExplainedPlan {
    try PlanReader.read(try Fixture.named("dsql/\(name).txt").text).plan
  }

  @Test(arguments: try Fixture.all("dsql"))
  func readsANodeForEveryArrowAndOneForTheRoot(_ fixture: Fixture) throws {
    let arrows = fixture.text.split(separator: "\n").count {
      $0.trimmingPrefix(while: \.isWhitespace).hasPrefix("-> ")
    }
    #expect(try PlanReader.read(fixture.text).plan.nodes.count == arrows + 1)
  }

  /// Depth of each node in printed order: storage nodes step by 4, 5 or 6 columns.
  @Test(arguments: [
    ("01-docs-full-scan-two-filters", [0, 1, 2]),
    ("02-docs-index-only-scan-three-layers", [0, 1, 2]),
    ("03-docs-index-scan-storage-lookup-filters", [0, 1, 2, 1, 2]),
    ("06-docs-batched-nested-loop-left-join", [0, 1, 2, 3, 4, 2]),
    ("08-dat401-index-scan-backward-storage-lookup", [0, 1, 2, 3, 2, 3]),
    ("10-multiregion-select-limit-pushdown", [0, 1, 2, 3]),
    ("11-numeric-index-only-scan-stale-estimate", [0, 1, 2, 3]),
    ("12-unique-sort-full-scan-ELIDED-by-author", [0, 1, 2, 3, 4]),
    ("20-dispatch2-q0-off0-after-cte-batched-join", [0, 1, 2, 3, 4, 5, 1, 2, 2, 3, 4]),
    (
      "22-dispatch2-q0-off768-after-merge-append",
      [0, 1, 2, 3, 4, 5, 6, 7, 3, 4, 5, 6, 7, 3, 4, 5, 6, 1, 2, 2, 3, 4]
    ),
  ])
  func nestsByTheRelativeColumnOfTheArrow(_ name: String, _ depths: [Int]) throws {
    let plan = try plan(name)
    #expect(plan.nodes.indices.map { plan.ancestors(of: $0).count } == depths)
  }

  @Test func keepsThePredicatesOfTheThreeLayersApart() throws {
    let nodes = try plan("02-docs-index-only-scan-three-layers").nodes
    let customer = "(customer_id = '4b18a761-5870-4d7c-95ce-0a48eca3fceb'::uuid)"
    #expect(nodes[0][.indexCond] == customer)
    #expect(nodes[0][.filter] == "(balance > '100'::numeric)")
    #expect(nodes[1][.storageFilters] == "((status)::text = 'pending'::text)")
    #expect(nodes[1][.projections] == "balance")
    #expect(nodes[2][.indexCond] == customer)
  }

  @Test func readsStorageNodesThatPrintRowsButNoTime() throws {
    let nodes = try plan("08-dat401-index-scan-backward-storage-lookup").nodes
    #expect(nodes[1].type.isBackward)
    #expect(nodes[1].actual.figures?.totalTime == 1.595)
    for node in nodes[2...] {
      #expect(node.type.isStorageNode)
      #expect(node.actual == .executed(ActualFigures(rows: 3, loops: 1)))
    }
  }

  @Test func readsLoopsInsideTheCostGroup() throws {
    let nodes = try plan("10-multiregion-select-limit-pushdown").nodes
    #expect(nodes[1].estimate?.loops == nil)
    #expect(nodes[2].estimate?.loops == 1)
    #expect(nodes[2]["Limit"] == "100")
  }

  @Test func readsTheTrailerOfAMultiRegionCluster() throws {
    let plan = try plan("09-multiregion-insert-dpu")
    var dpu = DPUEstimate()
    dpu.compute = 0.00083
    dpu.read = 0.00047
    dpu.write = 0.01748
    dpu.multiRegionWrite = 0.01748
    dpu.total = 0.03626
    dpu.transactionMinimums = [
      PlanProperty("Read", "0.00375"), PlanProperty("Write", "0.05000"),
      PlanProperty("Multi-Region Write", "0.05000"),
    ]
    #expect(plan.dpu == dpu)
    #expect(plan.queryIdentifier == "dgrwqzcrwg49h")
    #expect(plan.planningTime == 0.022)
    #expect(plan.executionTime == 0.656)
  }

  @Test func readsTheJoinTypeOfABatchedJoin() throws {
    let join = try plan("06-docs-batched-nested-loop-left-join").nodes[1]
    #expect(join.type.isNestedLoop)
    #expect(join.type.joinType == "Left")
    #expect(join.label == "Nested Loop (Batched Join)")
    #expect(join.estimate == nil)
  }

  @Test func saysWhereAnAuthorReplacedFiguresByAnEllipsis() throws {
    let read = try PlanReader.read(
      try Fixture.named("dsql/12-unique-sort-full-scan-ELIDED-by-author.txt").text)
    #expect(read.plan.nodes[2].estimate == nil)
    #expect(
      read.plan.nodes[3][.storageFilters]
        == "(ok AND as_of >= '2016-01-04' AND as_of <= '2026-08-26' AND source = 'nbu_fv')")
    #expect(
      read.notes.dropFirst() == [
        .elidedFigures(at: SourcePosition(line: 7, column: 85)),
        .joinedLine(at: SourcePosition(line: 11, column: 29)),
        .elidedFigures(at: SourcePosition(line: 12, column: 61)),
      ])
  }

  @Test(arguments: DSQLPredicates.all)
  func knowsTheLayerOfEveryPredicate(_ name: String, _ expected: [DSQLPredicates.Row]) throws {
    let found = try plan(name).nodes.enumerated().flatMap { index, node in
      node.layeredPredicates.map {
        DSQLPredicates.Row(
          node: index, layer: $0.layer, key: $0.property.key.name, text: $0.property.value)
      }
    }
    #expect(found == expected)
  }

  @Test func hasARowOfPredicatesForEveryPlan() throws {
    #expect(DSQLPredicates.all.map { $0.plan + ".txt" } == (try Fixture.all("dsql")).map(\.name).sorted())
  }

  /// Figures and sort methods are read into fields of their own; the rewrapped plan is compared above.
  @Test(arguments: try Fixture.all("dsql"))
  func keepsEveryPropertyOfEveryNode(_ fixture: Fixture) throws {
    guard !fixture.text.contains("…") else { return }
    let lines = fixture.text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    let plan = try PlanReader.read(fixture.text).plan
    var printed: [[String]] = []
    for line in lines.map({ $0.trimming(while: \.isWhitespace) }) {
      if line.hasPrefix("-> ") || (printed.isEmpty && line != "QUERY PLAN" && !line.hasPrefix("--")) {
        printed.append([])
      } else if let node = printed.indices.last, !line.hasPrefix("CTE "), !Self.isTrailer(line) {
        printed[node].append(String(line))
      }
    }
    #expect(printed.count == plan.nodes.count)
    for (lines, node) in zip(printed, plan.nodes) {
      #expect(
        lines.filter { !$0.hasPrefix("Sort Method") } == node.properties.map { "\($0.key.name): \($0.value)" }
      )
    }
  }

  private static func isTrailer(_ line: Substring) -> Bool {
    ["Planning Time", "Execution Time", "Query Identifier", "Statement DPU Estimate"].contains {
      line.hasPrefix($0)
    } || line.contains(" DPU")
  }

  @Test(arguments: [
    ("04-docs-analyze-verbose-select-dpu", "qymgw1m77maoe", 0.01607, 0.04312, 0.0, 0.05919),
    ("05-docs-analyze-verbose-insert-dpu", "jtkjkexhjotbo", 0.01550, 0.00307, 0.01875, 0.03732),
    ("09-multiregion-insert-dpu", "dgrwqzcrwg49h", 0.00083, 0.00047, 0.01748, 0.03626),
    ("10-multiregion-select-limit-pushdown", "si9m3uq6f74a1", 0.00109, 0.00073, 0.0, 0.00182),
  ])
  func readsIdentifierAndProcessingUnits(
    _ name: String, _ identifier: String, _ compute: Double, _ read: Double, _ write: Double, _ total: Double
  ) throws {
    let plan = try plan(name)
    #expect(plan.queryIdentifier == identifier)
    let dpu = try #require(plan.dpu)
    #expect([dpu.compute, dpu.read, dpu.write, dpu.total] == [compute, read, write, total])
  }
}

extension Substring {
  fileprivate func trimming(while predicate: (Character) -> Bool) -> Substring {
    Substring(Substring(drop(while: predicate).reversed().drop(while: predicate)).reversed())
  }
}

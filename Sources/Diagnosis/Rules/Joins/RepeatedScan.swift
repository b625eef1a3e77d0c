import Catalog
import PlanModel

/// A table that is read in full again for every row of something else.
struct RepeatedScan {
  /// The scan, or the Materialize above it that is read again.
  let reread: Int
  /// The full scan at the bottom.
  let scan: Int
  /// The nested loop or sub-plan that repeats it.
  let repeater: Int
  /// How often it is repeated, over all processes.
  let loops: Double
  /// Rows that each repetition goes through.
  let rowsPerLoop: Double

  /// Nodes that hand on what is below them, so that repeating them repeats the scan.
  private static let passing: Set<String> = [
    "Materialize", "Limit", "Sort", "Aggregate", "Subquery Scan", "Result", "Unique", "Incremental Sort",
    "WindowAgg", "LockRows", "ProjectSet", "Append", "Memoize",
  ]

  /// The repetition of a full scan; `nil` when the scan runs once.
  init?(scan: Int, in query: DiagnosticCase) {
    guard query.isFullRead(scan), let found = Self.repeater(of: scan, in: query),
      let figures = query.plan.nodes[found.reread].actual.figures, figures.loops > found.processes
    else { return nil }
    self.reread = found.reread
    self.scan = scan
    self.repeater = found.repeater
    self.loops = figures.loops
    let isMaterialized = query.plan.nodes[found.reread].type.name == "Materialize"
    self.rowsPerLoop =
      isMaterialized
      ? figures.rows : query.rows(of: scan) + query.rowsRemoved(by: scan)
  }

  /// Whether a scan is repeated and filtered by what changes from loop to loop.
  static func isRepeated(_ scan: Int, in query: DiagnosticCase) -> Bool {
    RepeatedScan(scan: scan, in: query)?.tie(in: query) != nil
  }

  /// Walks up while nodes only pass on, to a nested loop's inner side or to a sub-plan's user.
  private static func repeater(
    of scan: Int, in query: DiagnosticCase
  ) -> (reread: Int, repeater: Int, processes: Double)? {
    var reread = scan
    var current = scan
    while let parent = query.plan.nodes[current].parent {
      if query.plan.nodes[current].type.name == "Materialize" { reread = current }
      if case .subPlan = query.plan.nodes[current].relationship {
        return (reread, parent, query.processes(of: parent))
      }
      let inputs = query.inputs(of: parent)
      if query.plan.nodes[parent].type.isNestedLoop, inputs.count == 2, inputs[1] == current {
        return (reread, parent, query.processes(of: parent))
      }
      guard passing.contains(query.plan.nodes[parent].type.name) else { return nil }
      current = parent
    }
    return nil
  }

  /// What ties the scan's table to what repeats it: in the scan's own filter, or in the join filter above it.
  func tie(in query: DiagnosticCase) -> JoinTie? { JoinTie(predicates(in: query)) }

  /// What is tested above the scan, for each pair of rows.
  func testedAbove(in query: DiagnosticCase) -> Bool {
    query.joinPredicates(at: repeater, for: scan).contains { $0.column != nil || !$0.alternatives.isEmpty }
  }

  /// Rows that one repetition finds: what the scan returns, or where the join above it tests them, what comes out.
  func rowsWanted(in query: DiagnosticCase) -> Double {
    guard testedAbove(in: query) else { return query.rows(of: scan) }
    return min(query.rows(of: scan), query.totalRows(of: repeater) / max(loops, 1))
  }

  /// What one repetition would ask of an index: the equalities, and behind them the order that a LIMIT
  /// wants of it, or a range.
  func demand(in query: DiagnosticCase) -> IndexDemand {
    var demand = query.demand(of: predicates(in: query), at: scan)
    if let order = query.wantedOrder(above: scan) { demand.ordering = order.keys }
    return demand
  }

  /// The planner's cost of all repetitions; of a nested loop with what it tests on each pair of rows. `nil` without
  /// estimates.
  func plannedCost(in query: DiagnosticCase) -> Double? {
    let inputs = query.inputs(of: repeater)
    guard query.plan.nodes[repeater].type.isNestedLoop, inputs.count == 2,
      let outer = query.plan.nodes[inputs[0]].estimate, let all = query.plan.nodes[repeater].estimate
    else { return query.plan.nodes[query.innerSide(of: self)].estimate.map { $0.totalCost * loops } }
    return (all.totalCost - outer.totalCost) / max(outer.planRows, 1) * loops
  }

  /// Everything that one repetition tests, in the scan itself and in the join above it.
  private func predicates(in query: DiagnosticCase) -> [ScanPredicate] {
    query.scanPredicates(of: scan) + query.joinPredicates(at: repeater, for: scan)
  }
}

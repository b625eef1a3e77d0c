import Catalog
import PlanModel

/// How rows, and errors in estimating them, travel through a plan, CTEs included.
extension DiagnosticCase {
  /// One step upwards: a node and the one that takes its rows.
  struct Step {
    var child: Int
    var consumer: Int
  }

  /// Every step by which rows of a node reach the root; from a CTE they go on at each of its scans.
  func steps(from node: Int) -> [Step] {
    var steps: [Step] = []
    var open = [node]
    var seen: Set<Int> = []
    while let current = open.popLast() {
      guard seen.insert(current).inserted else { continue }
      if case .cte = plan.nodes[current].relationship {
        open += cteReaders.scans(of: current)
      } else if plan.nodes[current].relationship == .member, let parent = plan.nodes[current].parent {
        steps.append(Step(child: current, consumer: parent))
        open.append(parent)
      }
    }
    return steps
  }

  /// The nodes at which a significant estimation error first appears, each once. A CTE's scans inherit
  /// the error of the CTE.
  func misestimatedOrigins() -> [Int] {
    let origins = plan.originsOfError(errors)
    var found: Set<Int> = []
    for node in plan.nodes.indices
    where origins[node] == node && error(of: node) >= EstimationError.leastError {
      found.insert(originBehindCTE(of: node, origins))
    }
    found.formUnion(plan.nodes.indices.filter { countedError(of: $0) >= EstimationError.leastError })
    return found.sorted()
  }

  private func originBehindCTE(of node: Int, _ origins: [Int?]) -> Int {
    guard let root = cteReaders.root(readBy: node), error(of: root) >= EstimationError.leastError,
      let origin = origins[root]
    else { return node }
    return origin == node ? node : originBehindCTE(of: origin, origins)
  }

  // MARK: Scans that a LIMIT stopped

  /// Rows of a table for which a scan's conditions hold, where a LIMIT stopped the scan before it could
  /// tell and they were counted apart.
  func countedRows(of scan: Int) -> Double? {
    guard isBelowFilledLimit(scan), loops(of: scan) == 1, let relation = relation(of: scan),
      let rows = relation.rowCount?.value
    else { return nil }
    return relation.selectivity(of: conditionTexts(of: scan)).map { $0 * rows }
  }

  /// How far the planner's estimate is from the counted rows; 1 where they were not counted.
  private func countedError(of scan: Int) -> Double {
    guard let counted = countedRows(of: scan) else { return 1 }
    return PlanModel.EstimationError(planRows: planRows(of: scan), rows: counted).ratio
  }

  /// Everything that a scan tests, as the plan prints it.
  func conditionTexts(of scan: Int) -> [String] {
    [PropertyKey.filter, .indexCond].flatMap { conditions.predicates($0, of: scan) }.compactMap(\.text?.text)
  }
}

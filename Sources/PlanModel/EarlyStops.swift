/// Which nodes were, or may have been, stopped before they had returned all their rows.
struct EarlyStops {
  typealias Reason = EstimateComparability.Reason

  /// Per node the reason why its rows may be fewer than there are.
  private(set) var reasons: [Reason?]
  private var isResolved: [Bool]
  /// Per node the last of its inputs: of a join the inner one.
  private let lastInputs: [Int?]
  private let plan: ExplainedPlan

  init(_ plan: ExplainedPlan) {
    self.plan = plan
    lastInputs = plan.lastInputs()
    reasons = Array(repeating: nil, count: plan.nodes.count)
    isResolved = Array(repeating: false, count: plan.nodes.count)
    resolve(from: 0)
    resolveCTEs()
  }

  /// A Limit's count is not printed. Where it returned more rows than it was expected to, it may or may not
  /// have stopped its input; but rows beyond an estimate are beyond it either way.
  func exceeds(
    _ stop: Reason, _ figures: ActualFigures, _ estimate: CostEstimate, in plan: ExplainedPlan
  ) -> Bool {
    guard case .stoppedByLimit(let limit) = stop, let rows = plan.nodes[limit].actual.figures?.rows,
      let planRows = plan.nodes[limit].estimate?.planRows
    else { return false }
    return rows > planRows && figures.rows > estimate.planRows
  }

  // MARK: Down the tree

  /// Resolves a node and all below it but CTEs, whose readers may stand anywhere.
  private mutating func resolve(from root: Int) {
    isResolved[root] = true
    var end = root + 1
    let subtree = plan.subtree(of: root)
    while end < subtree.upperBound {
      if plan.nodes[end].relationship.isCTE {
        end = plan.subtree(of: end).upperBound
        continue
      }
      reasons[end] = plan.nodes[end].parent.flatMap { reason(for: end, below: $0) }
      isResolved[end] = true
      end += 1
    }
  }

  private func reason(for index: Int, below parent: Int) -> Reason? {
    switch plan.nodes[index].relationship {
    case .subPlan, .initPlan: return stopsAtFirstRow(index) ? .stoppedSubplan(index) : nil
    case .cte: return nil
    case .member: break
    }
    // A hash table is built whole, whoever stops the join.
    if plan.nodes[parent].type.consumesWholeInput || plan.nodes[index].type.kind == .hash { return nil }
    if plan.nodes[parent].type.kind == .mergeJoin { return .mergeJoinInput(parent) }
    if isInner(index, of: parent), plan.nodes[parent].stopsInnerAtFirstMatch {
      return .stoppedAtFirstMatch(parent)
    }
    if plan.nodes[parent].type.kind == .limit, isFilled(plan.nodes[parent]) {
      return .stoppedByLimit(parent)
    }
    return reasons[parent]
  }

  private func isInner(_ index: Int, of parent: Int) -> Bool {
    lastInputs[parent] == index && plan.nodes[parent].type.isNestedLoop
  }

  /// A Limit without rows to spare: a count beyond the estimate of its input is not known.
  private func isFilled(_ limit: PlanNode) -> Bool {
    guard let rows = limit.actual.figures?.rows, let planRows = limit.estimate?.planRows else { return false }
    return rows >= planRows
  }

  /// `EXISTS` asks for one row and `IN` stops at the first match; a hashed SubPlan is read to its end.
  private func stopsAtFirstRow(_ root: Int) -> Bool {
    guard let figures = plan.nodes[root].actual.figures else { return false }
    if case .subPlan(let heading) = plan.nodes[root].relationship {
      return !isHashed(heading, below: plan.nodes[root].parent)
    }
    return figures.rows <= 1
  }

  private func isHashed(_ heading: String, below parent: Int?) -> Bool {
    guard let parent else { return false }
    return plan.nodes[parent].properties.contains { $0.value.contains("hashed \(heading)") }
  }

  // MARK: CTEs

  /// A CTE was stopped where all its readers were. Readers in other CTEs wait for those.
  private mutating func resolveCTEs() {
    let readers = CTEReaders(plan)
    var waiting = plan.nodes.indices.filter { plan.nodes[$0].relationship.isCTE }
    var isProgressing = true
    while isProgressing {
      isProgressing = false
      waiting = waiting.filter { root in
        guard let parent = plan.nodes[root].parent, isResolved[parent] else { return true }
        let scans = readers.scans(of: root)
        guard scans.allSatisfy({ isResolved[$0] }) else { return true }
        reasons[root] = scans.contains { reasons[$0] == nil } ? nil : scans.first.flatMap { reasons[$0] }
        resolve(from: root)
        isProgressing = true
        return false
      }
    }
  }
}

extension ExplainedPlan {
  fileprivate func lastInputs() -> [Int?] {
    var last = [Int?](repeating: nil, count: nodes.count)
    for index in nodes.indices where nodes[index].relationship.isMember {
      if let parent = nodes[index].parent { last[parent] = index }
    }
    return last
  }
}

extension NodeType {
  /// Reads its input to the end before it returns a row: what is above cannot stop what is below.
  fileprivate var consumesWholeInput: Bool {
    switch kind {
    case .sort, .hash, .bitmapHeapScan, .bitmapCombination: true
    case .aggregate: strategy != "Sorted"
    case .setOperation: strategy == "Hashed"
    default: false
    }
  }
}

extension PlanNode {
  /// A nested loop that looks for one match only.
  fileprivate var stopsInnerAtFirstMatch: Bool {
    type.joinType == "Semi" || type.joinType == "Anti" || self[.innerUnique] == "true"
  }
}

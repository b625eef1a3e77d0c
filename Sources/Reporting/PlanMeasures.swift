import PlanModel

/// The derived times of a plan's nodes, in the words of the report.
struct PlanMeasures {
  private let plan: ExplainedPlan
  private let timings: PlanTimings
  private let errors: [EstimationError?]
  /// Per node its own part of the estimated cost; `nil` with `COSTS OFF`.
  private let ownCosts: [Double?]

  init(_ plan: ExplainedPlan) {
    self.plan = plan
    timings = PlanTimings(plan)
    errors = plan.estimationErrors()
    ownCosts = Self.ownCosts(plan)
  }

  /// Milliseconds of the root; `nil` without node times.
  var rootDuration: Double? { timings.rootDuration }

  /// Whether any node has a time; else nodes are ranked by cost.
  var isTimed: Bool { timings.rootDuration != nil }

  /// Whether the plan has costs; without times and costs the plan's own order is all there is.
  var hasCosts: Bool { plan.root.estimate != nil }

  /// Whether processes shared work, so that a Node Duration can be longer than the query.
  var isParallel: Bool { isTimed && timings.nodes.contains { $0.processes > 1 } }

  /// Σ own time over the root's duration.
  var accountedFor: Double? { timings.accountedFor }

  /// Σ own time in milliseconds, without what ran after the root had finished.
  var ownTotal: Double { timings.nodes.reduce(0) { $0 + ($1.ownTime ?? 0) } - timings.timeAfterRoot }

  /// Time of data-modifying CTEs that ran after the root had finished.
  var timeAfterRoot: Double { timings.timeAfterRoot }

  /// Whether some own times are averages over processes.
  var hasAverages: Bool { timings.nodes.contains { $0.certainty == .inferred && $0.processes > 1 } }

  /// Whether some own times depend on which of several nodes waited for a sub-plan.
  var hasChosenPayers: Bool { timings.nodes.contains { $0.certainty == .inferred && $0.processes <= 1 } }

  /// Whether the rounding of some times leaves their own times open.
  var hasCoarseTimes: Bool { timings.nodes.contains { $0.certainty == .unknowable && $0.ownTime != nil } }

  /// Nodes whose time is part of another node's, because they print none.
  var untimed: Int { timings.nodes.count { $0.standIn != nil } }

  /// Nodes of the plan that the run did not need.
  var neverExecuted: Int { timings.nodes.count(where: \.isNeverExecuted) }

  /// Indices of the nodes that cost something of their own, most first; ties by place in the tree.
  var ranking: [Int] {
    let weights = plan.nodes.indices.map { index -> Double? in
      isTimed ? timings.nodes[index].ownTime : hasCosts ? ownCosts[index] : 0
    }
    return plan.nodes.indices.filter { weights[$0] != nil && !timings.nodes[$0].isNeverExecuted }.sorted {
      let (a, b) = (weights[$0] ?? 0, weights[$1] ?? 0)
      return a == b ? $0 < $1 : a > b
    }
  }

  /// A node's name.
  func label(of index: Int) -> String { plan.nodes[index].label }

  /// Milliseconds of the node by itself.
  func ownTime(of index: Int) -> Double? { timings.nodes[index].ownTime }

  /// The ranking table's duration.
  func duration(of index: Int) -> String {
    let timing = timings.nodes[index]
    guard let duration = timing.nodeDuration else { return "no time" }
    return (timing.isApproximate ? "≈ " : "") + Figure.milliseconds(duration) + processes(of: timing)
  }

  /// `in 3 processes`, `in 1 of 3 processes`: who ran the node; nothing where one process ran the plan there.
  private func processes(of timing: NodeTiming) -> String {
    let shared = timing.processes
    guard shared > 1 else { return "" }
    let total = Figure.count(shared) + " processes" + (shared == shared.rounded() ? "" : " on average")
    guard let ran = timing.ranIn else { return " in up to \(total)" }
    return ran < shared ? " in \(Figure.count(ran)) of \(total)" : " in \(total)"
  }

  /// The ranking table's share: of execution time, else of the root's cost.
  func share(of index: Int) -> String {
    if let share = timings.nodes[index].share { return Figure.percent(share) }
    guard !isTimed, let own = ownCosts[index], let total = plan.root.estimate?.totalCost, total > 0 else {
      return "–"
    }
    return Figure.percent(min(own / total, 1)) + " of cost"
  }

  /// What stands behind an own time that does not simply follow from the printed figures.
  private static let flags: [Certainty: String] = [.inferred: " (inferred)", .unknowable: " (unknowable)"]

  /// The ranking table's own time, else own cost.
  func own(of index: Int) -> String {
    if let own = timings.nodes[index].ownTime {
      return Figure.milliseconds(own) + (Self.flags[timings.nodes[index].certainty] ?? "")
    }
    return ownCosts[index].map { "cost " + Figure.fixed($0, digits: 2) } ?? "–"
  }

  /// How far the row estimate was off; `nil` where the figures say nothing about it.
  func error(of index: Int) -> Double? { errors[index]?.ratio }

  /// Total cost without the children's, floored at 0: a Limit costs less than its child.
  private static func ownCosts(_ plan: ExplainedPlan) -> [Double?] {
    var costs = plan.nodes.map { $0.estimate?.totalCost }
    for node in plan.nodes {
      guard let parent = node.parent, let cost = node.estimate?.totalCost else { continue }
      costs[parent] = costs[parent].map { $0 - cost }
    }
    return costs.map { $0.map { max(0, $0) } }
  }
}

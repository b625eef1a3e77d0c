import PlanModel

/// The derived times of a plan's nodes, as the report prints them.
struct PlanMeasures {
  private let plan: ExplainedPlan
  private let children: [[Int]]
  /// Per node, in the plan's order.
  var nodes: [NodeMeasure]
  /// Milliseconds of the root; `nil` without node times.
  var rootDuration: Double?
  /// Σ own time over the tree, in milliseconds.
  var ownTotal: Double { nodes.reduce(0) { $0 + ($1.own ?? 0) } }

  /// One node's times, in milliseconds; `nil` where the server printed no time.
  struct NodeMeasure {
    var duration: Double?
    var wall: Double?
    var own: Double?
  }

  init(_ plan: ExplainedPlan) {
    self.plan = plan
    children = plan.childrenByNode()
    var nodes = plan.nodes.map { node -> NodeMeasure in
      let duration = node.actual.figures.flatMap { f in f.totalTime.map { $0 * f.loops } }
      return NodeMeasure(duration: duration, wall: duration)
    }
    for index in nodes.indices {
      guard let wall = nodes[index].wall else { continue }
      nodes[index].own = max(0, wall - children[index].reduce(0) { $0 + (nodes[$1].wall ?? 0) })
    }
    self.nodes = nodes
    rootDuration = nodes[0].duration
  }

  /// Whether any node has a time; else nodes are ranked by cost.
  var isTimed: Bool { rootDuration != nil }

  /// Σ own time over the root's duration.
  var accountedFor: Double? { rootDuration.flatMap { $0 > 0 ? ownTotal / $0 : nil } }

  /// Whether some times stand below a Gather, divided by the number of processes.
  var hasInferredTimes: Bool { plan.nodes.contains { $0.type.isGather } && isTimed }

  /// Indices of the nodes that cost something of their own, most first; ties by place in the tree.
  var ranking: [Int] {
    let weights = plan.nodes.indices.map { isTimed ? nodes[$0].own : ownCost(of: $0) }
    return plan.nodes.indices.filter { weights[$0] != nil }.sorted {
      let (a, b) = (weights[$0] ?? 0, weights[$1] ?? 0)
      return a == b ? $0 < $1 : a > b
    }
  }

  /// A node's name.
  func label(of index: Int) -> String { nodeLabel(plan.nodes[index]) }

  /// The ranking table's share: of execution time, else of the root's cost.
  func share(of index: Int) -> String {
    if isTimed {
      guard let wall = nodes[index].wall, let total = plan.executionTime ?? rootDuration, total > 0 else { return "–" }
      return Figure.percent(min(wall / total, 1))
    }
    guard let own = ownCost(of: index), let total = plan.root.estimate?.totalCost, total > 0 else { return "–" }
    return Figure.percent(min(own / total, 1)) + " of cost"
  }

  /// The ranking table's own time, else own cost.
  func own(of index: Int) -> String {
    if let own = nodes[index].own { return Figure.milliseconds(own) }
    return ownCost(of: index).map { "cost " + Figure.fixed($0, digits: 2) } ?? "–"
  }

  /// How far the row estimate was off; `nil` where that is not known.
  func error(of index: Int) -> Double? { estimationError(plan.nodes[index]) }

  /// Total cost without the children's, floored at 0: a Limit costs less than its child.
  private func ownCost(of index: Int) -> Double? {
    guard let cost = plan.nodes[index].estimate?.totalCost else { return nil }
    return max(0, cost - children[index].reduce(0) { $0 + (plan.nodes[$1].estimate?.totalCost ?? 0) })
  }
}

/// A node's name in prose: `Seq Scan on public.orders o`.
func nodeLabel(_ node: PlanNode) -> String {
  let type = (node.type.isParallelAware ? "Parallel " : "") + node.type.name
  let index = node.indexName.map { " using \($0)" } ?? ""
  guard let relation = node.relation else { return type + index }
  let schema = relation.schema.map { $0 + "." } ?? ""
  return type + index + " on " + schema + relation.name + (relation.alias.map { " " + $0 } ?? "")
}

/// How far an estimate was off, both at least 1; `nil` for a node that was not executed.
func estimationError(_ node: PlanNode) -> Double? {
  guard let planned = node.estimate?.planRows, let rows = node.actual.figures?.rows else { return nil }
  let ratio = max(rows, 1) / max(planned, 1)
  return max(ratio, 1 / ratio)
}

import PlanModel

/// Tells a plan that stops in its middle by what every plan has.
enum PlanCompleteness {
  /// Whether something that PostgreSQL always prints is missing behind the last line.
  static func isMissingLines(_ plan: ExplainedPlan) -> Bool {
    guard let last = plan.nodes.indices.last else { return true }
    return isMissingFigures(plan.nodes[last], of: plan.root)
      || plan.planningTime != nil && plan.executionTime == nil && wasExecuted(plan.root)
      || plan.planningTime == nil && plan.executionTime == nil && isMissingChildren(plan, last)
  }

  private static func wasExecuted(_ root: PlanNode) -> Bool { root.actual != .notReported }

  private static func isMissingFigures(_ node: PlanNode, of root: PlanNode) -> Bool {
    root.estimate != nil && node.estimate == nil || wasExecuted(root) && node.actual == .notReported
  }

  /// Only the last node and those above it can have lost a child.
  private static func isMissingChildren(_ plan: ExplainedPlan, _ last: Int) -> Bool {
    var node: Int? = last
    var above: [Int] = []
    while let index = node {
      above.append(index)
      node = plan.nodes[index].parent
    }
    var counts: [Int: Int] = [:]
    for node in plan.nodes where node.relationship == .member {
      if let parent = node.parent { counts[parent, default: 0] += 1 }
    }
    return above.contains { counts[$0, default: 0] < leastChildren(of: plan.nodes[$0]) }
  }

  /// How many inputs a node has at least; pruning may leave an Append none, and says so.
  private static func leastChildren(of node: PlanNode) -> Int {
    switch node.type.name {
    case "Hash Join", "Merge Join", "Nested Loop", "Recursive Union", "BitmapAnd", "BitmapOr": 2
    case "Append", "Merge Append": node.properties.contains { $0.key == .subplansRemoved } ? 0 : 1
    case "Aggregate", "Bitmap Heap Scan", "Gather", "Gather Merge", "Group", "Hash", "Incremental Sort",
      "Limit", "LockRows", "Materialize", "Memoize", "ModifyTable", "ProjectSet", "SetOp", "Sort",
      "Subquery Scan", "Unique", "WindowAgg":
      1
    default: 0
    }
  }
}

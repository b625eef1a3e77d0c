import PlanModel

/// Tells a plan whose indentation was lost on the way, as where a program makes one blank of several: all nodes
/// then seem to be children of the root.
enum LostIndentation {
  /// Whether some node has more inputs than a node of its type takes.
  static func isShown(by plan: ExplainedPlan) -> Bool {
    var counts = [Int](repeating: 0, count: plan.nodes.count)
    for node in plan.nodes where node.relationship == .member {
      if let parent = node.parent { counts[parent] += 1 }
    }
    return plan.nodes.indices.contains { node in
      mostInputs(plan.nodes[node].type.name).map { counts[node] > $0 } ?? false
    }
  }

  /// `nil` for nodes that take any number, or of which that is not known.
  private static func mostInputs(_ type: String) -> Int? {
    switch type {
    case "Hash Join", "Merge Join", "Nested Loop", "Recursive Union": 2
    case "Aggregate", "Gather", "Gather Merge", "Group", "Hash", "Incremental Sort", "Limit", "LockRows",
      "Materialize", "Memoize", "ProjectSet", "Result", "Sort", "Subquery Scan", "Unique", "WindowAgg":
      1
    case "Seq Scan", "Values Scan", "Function Scan", "CTE Scan", "WorkTable Scan", "Tid Scan": 0
    default: nil
    }
  }
}

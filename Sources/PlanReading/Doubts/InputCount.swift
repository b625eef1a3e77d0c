import PlanModel

/// How many inputs a node takes; sub-plans and Aurora DSQL's storage nodes are none.
enum InputCount {
  /// Pruning may leave an Append none, and says so.
  static func least(of node: PlanNode) -> Int {
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

  /// `nil` where it may be any number, or that is not known.
  static func most(of type: NodeType) -> Int? {
    switch type.name {
    case "Hash Join", "Merge Join", "Nested Loop", "Recursive Union", "SetOp": 2
    case "Aggregate", "Bitmap Heap Scan", "Gather", "Gather Merge", "Group", "Hash", "Incremental Sort",
      "Limit",
      "LockRows", "Materialize", "Memoize", "ProjectSet", "Result", "Sort", "Subquery Scan", "Unique",
      "WindowAgg":
      1
    case "Bitmap Index Scan", "CTE Scan", "Function Scan", "Index Only Scan", "Index Scan", "Seq Scan",
      "Table Function Scan", "Tid Scan", "Values Scan", "WorkTable Scan":
      0
    default: nil
    }
  }

  /// The inputs of every node.
  static func counts(in plan: ExplainedPlan) -> [Int] {
    var counts = [Int](repeating: 0, count: plan.nodes.count)
    for index in plan.nodes.indices.dropFirst() {
      guard let parent = plan.nodes[index].parent, plan.nodes[index].relationship.isMember,
        !plan.nodes[index].type.isStorageNode
      else { continue }
      counts[parent] += 1
    }
    return counts
  }
}

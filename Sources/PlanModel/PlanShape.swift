extension ExplainedPlan {
  /// The tree in words, without figures: `Hash Join(Seq Scan a, Index Scan b)`.
  ///
  /// What every plan of its kind has is left out: the Hash below a hash join, and Aurora DSQL's storage nodes.
  /// Sub-plans stand behind the inputs with their heading: `Seq Scan a, SubPlan 1: Aggregate(Seq Scan b)`.
  public var shape: String {
    var words = ""
    var depths = [Int](repeating: 0, count: nodes.count)
    var previousDepth: Int?
    for (index, node) in nodes.enumerated() {
      let parentDepth = node.parent.map { depths[$0] } ?? -1
      depths[index] = node.isPartOfShape ? parentDepth + 1 : parentDepth
      guard node.isPartOfShape else { continue }
      let depth = depths[index]
      words += Self.separator(from: previousDepth, to: depth) + (node.relationship.shapeLabel ?? "")
      words += node.type.label + (node.relation.map { " " + $0.label } ?? "")
      previousDepth = depth
    }
    return words + String(repeating: ")", count: previousDepth ?? 0)
  }

  private static func separator(from previous: Int?, to depth: Int) -> String {
    guard let previous else { return "" }
    if depth > previous { return "(" }
    return String(repeating: ")", count: previous - depth) + ", "
  }
}

extension PlanNode {
  /// What every plan of its kind has tells nothing of a plan.
  var isPartOfShape: Bool { type.name != "Hash" && !type.isStorageNode || parent == nil }
}

extension PlanRelationship {
  /// What stands before a sub-plan's root: its name without the parameters that it returns.
  fileprivate var shapeLabel: String? {
    switch self {
    case .member: nil
    case .cte(let name): "CTE \(name): "
    case .initPlan(let heading), .subPlan(let heading):
      heading.split(separator: " ").prefix(2).joined(separator: " ") + ": "
    }
  }
}

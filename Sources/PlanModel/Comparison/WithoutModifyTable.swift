extension ExplainedPlan {
  /// What stands below the root, as a plan of its own: the root's first input is the topmost node, and the
  /// init plans and CTEs that hang on the root hang on it, as they do in the plan of a SELECT.
  ///
  /// - Parameter hanging: those of the root's init plans and CTEs that are kept.
  /// - Returns: `nil` where the root has no input. What stands below the tree, such as Execution Time, is
  ///   the whole statement's and stays.
  public func belowRoot(keeping hanging: [Int]) -> ExplainedPlan? {
    let inputs = nodes.indices.dropFirst().filter { nodes[$0].parent == 0 }
    guard let top = inputs.first(where: { nodes[$0].relationship == .member }) else { return nil }
    let order = [top] + hanging.flatMap { subtree(of: $0) } + subtree(of: top).dropFirst()
    return replacingNodes(by: order)
  }

  /// The root's init plans and CTEs: what the node below it would have, were it the root.
  public var hangingOnRoot: [Int] {
    nodes.indices.filter { nodes[$0].parent == 0 && nodes[$0].relationship.isRunBeforeParent }
  }

  /// The plan without the nodes of some types that have one input, which takes their place.
  func without(_ types: Set<String>) -> ExplainedPlan {
    var plan = self
    while types.contains(plan.root.type.name), let rest = plan.belowRoot(keeping: plan.hangingOnRoot) {
      plan = rest
    }
    let order = plan.nodes.indices.filter { $0 == 0 || !types.contains(plan.nodes[$0].type.name) }
    return order.count == plan.nodes.count ? plan : plan.replacingNodes(by: order)
  }

  /// The nodes of `order`, whose first is the root. Where nodes above one are left out, it takes the place of
  /// the topmost of them.
  private func replacingNodes(by order: [Int]) -> ExplainedPlan {
    var places = [Int?](repeating: nil, count: nodes.count)
    for (place, index) in order.enumerated() { places[index] = place }
    var plan = self
    plan.nodes = []
    // Per node that is left out, what the node below it becomes.
    var heirs: [Int: PlanNode] = [:]
    for index in nodes.indices {
      var node = nodes[index]
      if let heir = node.parent.flatMap({ heirs[$0] }), node.relationship == .member {
        (node.parent, node.relationship) = (heir.parent, heir.relationship)
      }
      if places[index] == nil { heirs[index] = node }
    }
    plan.nodes = order.map { index in
      var (node, above) = (nodes[index], nodes[index].parent)
      if let heir = above.flatMap({ heirs[$0] }) {
        above = heir.parent
        if node.relationship == .member { node.relationship = heir.relationship }
      }
      node.parent = index == order[0] ? nil : above.flatMap { places[$0] } ?? 0
      return node
    }
    return plan
  }
}

extension PlanRelationship {
  /// Evaluated before or beside the node on which it hangs, whose cost includes it.
  var isRunBeforeParent: Bool {
    switch self {
    case .initPlan, .cte: true
    case .member, .subPlan: false
    }
  }
}

import PlanModel

/// The nodes of a plan in words, for comparing one run with another.
struct PlanStructure {
  /// Node labels without aliases, in the plan's order.
  var labels: [String]

  init(_ plan: ExplainedPlan) { labels = plan.nodes.map(Self.label) }

  /// A node without its alias, which differs between statements that read the same table.
  static func label(_ node: PlanNode) -> String {
    var node = node
    node.relation?.alias = nil
    return node.label
  }

  /// What this plan has that the nodes of another have not, and the reverse.
  func difference(from others: [String]) -> String {
    let added = Self.surplus(labels, over: others)
    let removed = Self.surplus(others, over: labels)
    if added.isEmpty, removed.isEmpty {
      return labels == others ? Self.same : "has the same nodes in another order"
    }
    let parts = [
      added.isEmpty ? nil : "adds \(added.map(Markdown.code).joined(separator: ", "))",
      removed.isEmpty ? nil : "drops \(removed.map(Markdown.code).joined(separator: ", "))",
    ]
    return parts.compactMap { $0 }.joined(separator: "; ")
  }

  /// Two plans of the same nodes in the same order.
  static let same = "same plan"

  private static func surplus(_ labels: [String], over others: [String]) -> [String] {
    var counts: [String: Int] = [:]
    for label in others { counts[label, default: 0] += 1 }
    return labels.filter { label in
      counts[label, default: 0] -= 1
      return counts[label, default: 0] < 0
    }
  }
}

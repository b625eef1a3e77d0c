import PlanModel

/// A plan's shape in words, for comparing one run with another.
struct PlanStructure {
  /// Node labels without aliases, in the plan's order.
  var labels: [String]
  /// `Hash Join(Seq Scan on public.orders, Hash(…))`, cut when long.
  var outline: String

  /// Longer outlines are cut: a table cell is no plan.
  static let maxOutline = 200

  init(_ plan: ExplainedPlan) {
    labels = plan.nodes.map(Self.label)
    outline = Self.outline(plan, labels)
  }

  /// A node without its alias, which differs between statements that read the same table.
  static func label(_ node: PlanNode) -> String {
    var node = node
    node.relation?.alias = nil
    return nodeLabel(node)
  }

  /// What this plan has that the nodes of another have not, and the reverse.
  func difference(from others: [String]) -> String {
    let added = Self.surplus(labels, over: others)
    let removed = Self.surplus(others, over: labels)
    if added.isEmpty, removed.isEmpty { return labels == others ? "same plan" : "same nodes, other order" }
    let parts = [
      added.isEmpty ? nil : "adds \(added.map(Markdown.code).joined(separator: ", "))",
      removed.isEmpty ? nil : "drops \(removed.map(Markdown.code).joined(separator: ", "))",
    ]
    return parts.compactMap { $0 }.joined(separator: "; ")
  }

  private static func surplus(_ labels: [String], over others: [String]) -> [String] {
    var counts: [String: Int] = [:]
    for label in others { counts[label, default: 0] += 1 }
    return labels.filter { label in
      counts[label, default: 0] -= 1
      return counts[label, default: 0] < 0
    }
  }

  /// Brackets are closed at the depth differences of neighbours in preorder; no recursion, plans can be deep.
  private static func outline(_ plan: ExplainedPlan, _ labels: [String]) -> String {
    var text = ""
    var depths: [Int] = []
    for (index, node) in plan.nodes.enumerated() {
      let depth = node.parent.map { depths[$0] + 1 } ?? 0
      if let previous = depths.last {
        text += depth > previous ? "(" : String(repeating: ")", count: previous - depth) + ", "
      }
      text += labels[index]
      depths.append(depth)
      if text.utf8.count > maxOutline { return text + " …" }
    }
    return text + String(repeating: ")", count: depths.last ?? 0)
  }
}

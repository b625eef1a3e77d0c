import Catalog
import PlanModel

/// A node at which the planner's row estimate first went significantly wrong, and what that cost.
struct Misestimate {
  /// The node.
  var node: Int
  /// Rows per loop that the planner expected.
  var estimated: Double
  /// Rows per loop that came; of a scan that a LIMIT stopped, the rows that were counted apart.
  var actual: Double
  /// Whether ``actual`` was counted in the table, because a LIMIT stopped the node.
  var isCounted: Bool
  /// What rested on this estimate and took the most time; `nil` where nothing did.
  var cost: Consequences.Consequence?

  /// All misestimates of a plan at their origins.
  static func all(in query: DiagnosticCase) -> [Misestimate] {
    query.misestimatedOrigins().map { Misestimate(node: $0, in: query) }
  }

  private init(node: Int, in query: DiagnosticCase) {
    self.node = node
    self.estimated = query.plan.nodes[node].estimate?.planRows ?? 0
    let counted = query.countedRows(of: node)
    self.actual = counted ?? query.rows(of: node)
    self.isCounted = counted != nil
    self.cost = Consequences(of: node, isUnder: actual > estimated, in: query).costliest
  }

  /// Nodes that were chosen or sized by this estimate and took time: disjoint, possibly none.
  var costlyNodes: [Int] { cost?.nodes ?? [] }
  /// How the estimate led to them, in a sentence; `nil` without costly nodes.
  var consequence: String? { cost?.sentence }

  var isUnderestimate: Bool { actual > estimated }

  var comparison: Comparison {
    Comparison(isCounted ? "Matching rows" : "Rows per loop", estimated: estimated, actual: actual)
  }

  /// Where ``actual`` comes from.
  var source: String { isCounted ? "count(*) in the table: a LIMIT stopped the node" : "actual rows" }

  var error: Double { comparison.error }

  /// Tables that the node reads itself, or that it joins.
  func tables(in query: DiagnosticCase) -> [QualifiedName] {
    query.plan.subtree(of: node).compactMap { query.plan.nodes[$0].relation.map { QualifiedName($0) } }
  }
}

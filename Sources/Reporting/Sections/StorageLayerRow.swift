import PlanModel

/// One predicate of an Aurora DSQL plan and the layer that evaluates it.
struct StorageLayerRow {
  var node: String
  var layer: String
  var key: String
  var predicate: String

  /// Explains the layers below the table.
  static let legend =
    "What an `Index Cond` excludes is never read. What a storage `Filters` excludes is read, and billed as Read DPU, but not sent. What a query-processor `Filter` excludes is read, sent, and then discarded."

  /// Every predicate of the plan once: a condition that a child repeats is named at its parent only.
  static func rows(of plan: ExplainedPlan) -> [StorageLayerRow] {
    plan.nodes.indices.flatMap { index in
      let node = plan.nodes[index]
      let rows = node.layeredPredicates.filter { !isRepeated($0.property, above: index, in: plan) }.map {
        row(
          node, layer: words($0.layer), key: $0.property.key.name,
          predicate: Markdown.code($0.property.value))
      }
      return rows + unbounded(node)
    }
  }

  private static func words(_ layer: PredicateLayer) -> String {
    switch layer {
    case .indexCondition: "storage: bounds what is read"
    case .storageFilter: "storage: read, not sent"
    case .queryProcessorFilter: "query processor: sent, then discarded"
    case .joinCondition: "query processor: joins"
    }
  }

  private static func isRepeated(_ property: PlanProperty, above index: Int, in plan: ExplainedPlan) -> Bool {
    property.key == .indexCond
      && plan.ancestors(of: index).contains { plan.nodes[$0].properties.contains(property) }
  }

  /// An index that is read without a condition is read from end to end; the primary key is the table.
  private static func unbounded(_ node: PlanNode) -> [StorageLayerRow] {
    guard node.type.isFullScan || node.type.name.hasPrefix("Index"), node[.indexCond] == nil else {
      return []
    }
    return [row(node, layer: "storage: nothing bounds the read", key: "none", predicate: "–")]
  }

  private static func row(_ node: PlanNode, layer: String, key: String, predicate: String) -> StorageLayerRow
  {
    StorageLayerRow(
      node: Markdown.cell(Markdown.code(node.label)), layer: layer, key: Markdown.code(key),
      predicate: Markdown.cell(predicate))
  }
}

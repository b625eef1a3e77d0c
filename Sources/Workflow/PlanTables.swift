import Catalog
import Diagnosis
import PlanModel

/// The tables that a plan reads, in the order of the plan.
struct PlanTables {
  /// Each table once.
  let names: [QualifiedName]
  /// The labels under which each is read.
  let labels: [QualifiedName: [String]]

  /// Names that stand for no table: CTEs, functions, sub-queries.
  private static let tableReaders: Set<String> = [
    "Seq Scan", "Sample Scan", "Index Scan", "Index Only Scan", "Bitmap Heap Scan", "Tid Scan",
    "Tid Range Scan", "Foreign Scan", "Full Scan (btree-table)",
  ]

  init(_ plan: ExplainedPlan) {
    var names: [QualifiedName] = []
    var labels: [QualifiedName: [String]] = [:]
    for node in plan.nodes where Self.tableReaders.contains(node.type.name) {
      guard let relation = node.relation else { continue }
      let name = QualifiedName(relation)
      if labels[name] == nil { names.append(name) }
      if !(labels[name] ?? []).contains(relation.label) { labels[name, default: []].append(relation.label) }
    }
    self.names = names
    self.labels = labels
  }
}

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

  /// Columns of a table by which the plan filters, joins, sorts or groups, as far as the labels tell.
  ///
  /// Of the partitions `p_1` and `p_2` the nodes above their Append speak as `p`, and so does their parent.
  func testedColumns(of table: QualifiedName, _ conditions: PlanConditions) -> Set<String> {
    let own = labels[table] ?? labels.values.joined().map(\.self)
    let whole = own.compactMap { $0.firstMatch(of: /^(.+)_[0-9]+$/).map { String($0.1) } }
    return Set((own + whole).flatMap(conditions.columnNames))
  }
}

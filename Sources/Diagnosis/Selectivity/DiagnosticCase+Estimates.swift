import Catalog
import PlanModel
import Statements

/// The estimates of a plan's nodes, computed again.
extension DiagnosticCase {
  /// The estimate of a scan; `nil` for other nodes and where nothing is known of the table's size.
  ///
  /// - Parameter table: what the planner knows of the scan's table; by default what the evidence has of it.
  func reproduce(scan node: Int, _ table: PlannerTable? = nil) -> ReproducedEstimate? {
    guard let table = table ?? plannerTable(of: node),
      let label = plan.nodes[node].relation?.label, isTableScan(node)
    else { return nil }
    let estimator = ClauseEstimator(table: table, label: label)
    let predicates = scanConditions(of: node)
    var product = estimator.product(of: predicates)
    if let hidden = partialIndex(of: node) {
      product.unmodelled = "the plan does not print the conditions that the partial index \(hidden) implies"
    }
    return ReproducedEstimate(
      tableRows: table.rows, product: product, parallelDivisor: parallelDivisor(of: node),
      limit: ownRows(predicates, estimator))
  }

  /// What the planner knows of the table that a node scans.
  func plannerTable(of node: Int) -> PlannerTable? {
    relation(of: node).flatMap { PlannerTable($0, in: evidence.database) }
  }

  /// The same for all tables of the plan, by the labels that it gives them.
  var plannerTables: [String: PlannerTable] {
    let labelled = plan.nodes.indices.compactMap { node in
      plan.nodes[node].relation.flatMap { relation in plannerTable(of: node).map { (relation.label, $0) } }
    }
    return Dictionary(labelled) { first, _ in first }
  }

  private func isTableScan(_ node: Int) -> Bool {
    ["Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Heap Scan"].contains(plan.nodes[node].type.name)
  }

  private func partialIndex(of node: Int) -> String? {
    let names = plan.subtree(of: node).compactMap { plan.nodes[$0].indexName }
    return relation(of: node)?.indexes?.first { $0.predicate != nil && names.contains($0.name) }?.name
  }

  /// Rows that the conditions on the table alone leave, where others come from an outer row.
  private func ownRows(_ predicates: [ColumnPredicate], _ estimator: ClauseEstimator) -> Double? {
    let own = predicates.filter { $0.allColumns.allSatisfy { $0.belongs(to: estimator.label) } }
    guard own.count < predicates.count else { return nil }
    return estimator.product(of: own).selectivity.map { clampedRows(estimator.table.rows * $0) }
  }

  /// All that a scan tests: what its index finds, what is tested again, what is filtered.
  func scanConditions(of node: Int) -> [ColumnPredicate] {
    let filter = conditions.predicates(.filter, of: node)
    let isBitmap = plan.nodes[node].type.name == "Bitmap Heap Scan"
    let found = conditions.predicates(isBitmap ? .recheckCond : .indexCond, of: node)
    return found.filter { bound in !filter.contains { $0.implies(bound) } } + filter
  }
}

extension ColumnPredicate {
  /// Whether an index condition was only derived from this pattern: `x >= 'ab' AND x < 'ac'` from `x ~~ 'ab%'`.
  fileprivate func implies(_ bound: ColumnPredicate) -> Bool {
    guard isPattern, bound.column == column, case .constant(let pattern) = operand,
      case .constant(let limit) = bound.operand, !limit.text.isEmpty
    else { return false }
    let text = pattern.text.drop { $0 == "^" }
    return text.hasPrefix(limit.text.dropLast())
  }

  private var isPattern: Bool {
    switch comparison {
    case .like, .caselessLike, .matches, .operator("^@"): true
    default: false
    }
  }
}

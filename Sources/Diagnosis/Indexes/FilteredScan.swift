import Catalog
import PlanModel
import Statements

/// A full scan with a filter, in figures over all loops and processes.
struct FilteredScan {
  /// The scan nodes: one, or those of a table's partitions.
  var nodes: [Int]
  /// The table that an index would be built on.
  var table: QualifiedName
  /// The table's evidence, where there is some.
  var relation: RelationEvidence?
  /// What the filter tests.
  var predicates: [ScanPredicate]
  /// Rows that came out.
  var rowsReturned: Double
  /// Rows that the filter threw away.
  var rowsRemoved: Double

  /// What makes two scans one problem: the same table searched by the same columns.
  struct Target: Hashable, CustomStringConvertible {
    var table: QualifiedName
    var columns: Set<String>
    var description: String { "\(table.label)(\(columns.sorted().joined(separator: ",")))" }
  }

  /// The scan at a node; `nil` for other nodes, scans that did not run, and scans without a filter.
  init?(node: Int, in query: DiagnosticCase) {
    guard query.isFullRead(node), let reference = query.plan.nodes[node].relation,
      let figures = query.plan.nodes[node].actual.figures
    else { return nil }
    let relation = query.relation(of: node)
    self.nodes = [node]
    self.table = relation?.indexTarget ?? QualifiedName(reference)
    self.relation = relation
    self.predicates = query.scanPredicates(of: node)
    self.rowsReturned = figures.totalRows
    self.rowsRemoved = query.rowsRemoved(by: node) * figures.loops
    guard rowsRemoved > 0 else { return nil }
  }

  var target: Target { Target(table: table, columns: Set(predicates.compactMap(\.column))) }
  /// The table as SQL names it.
  var tableLabel: String { table.quoted }
  var rowsRead: Double { rowsReturned + rowsRemoved }
  /// Share of the rows read that were discarded, 0 to 1.
  var waste: Double { rowsRemoved / max(rowsRead, 1) }
  /// Share of the rows read that were wanted.
  var selectivity: Double { 1 - waste }
  /// Rows of the table: known, else at least what one pass read.
  var tableRows: Double { max(relation?.bestRowCount ?? 0, rowsRead) }

  /// Both scans as one.
  func merging(_ other: FilteredScan) -> FilteredScan {
    var both = self
    both.nodes += other.nodes
    both.rowsReturned += other.rowsReturned
    both.rowsRemoved += other.rowsRemoved
    return both
  }

  /// The figures with their sources.
  var measurements: [Measurement] {
    [
      Measurement("rows returned", rowsReturned, source: "actual rows × loops"),
      Measurement("rows discarded", rowsRemoved, source: "Rows Removed by Filter × loops"),
    ]
  }

  /// The scan's estimate beside its outcome.
  func comparisons(in query: DiagnosticCase) -> [Comparison] {
    guard let estimate = query.plan.nodes[nodes[0]].estimate,
      let figures = query.plan.nodes[nodes[0]].actual.figures, nodes.count == 1
    else { return [] }
    return [Comparison("Rows per loop", estimated: estimate.planRows, actual: figures.rows)]
  }
}

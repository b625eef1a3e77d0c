import Catalog
import PlanModel
import Statements

/// A full scan with a filter, in figures over all loops and processes.
struct FilteredScan {
  /// The scan nodes: one, or those of a table's partitions, or of one table that is read more than once.
  var nodes: [Int]
  /// The table that an index would be built on.
  let table: QualifiedName
  /// What each of ``nodes`` reads.
  private(set) var parts: [Part]
  /// The evidence of all that is read, as of one table, where there is some.
  private(set) var relation: RelationEvidence?
  /// Rows that came out.
  var rowsReturned: Double
  /// Rows that the filter threw away.
  var rowsRemoved: Double
  /// Nothing was run: the rows are the planner's estimates.
  let isEstimated: Bool
  /// Of the rows that came out only the first or last one was wanted: `min` or `max`.
  let isForExtreme: Bool
  /// The key of EXPLAIN that counts what was thrown away: Aurora DSQL's storage has its own.
  private let removedKey: String

  /// One table, or one partition, as the filter sees it.
  struct Part {
    let node: Int
    let name: QualifiedName
    let relation: RelationEvidence?
    /// What the filter tests.
    let predicates: [ScanPredicate]
    /// Rows that one pass over it reads; the processes of a parallel scan make one pass together.
    let rowsPerPass: Double

    /// Rows of the table: known, else at least what one pass read.
    var rows: Double { max(relation?.bestRowCount ?? 0, rowsPerPass) }
  }

  /// What makes two scans one problem: the same table searched by the same columns.
  struct Target: Hashable, CustomStringConvertible {
    var table: QualifiedName
    var columns: Set<String>
    var description: String { "\(table.label)(\(columns.sorted().joined(separator: ",")))" }
  }

  /// The scan at a node; `nil` for other nodes, scans that did not run, scans without a filter, and in a
  /// plan without ANALYZE those of a table of unknown size.
  init?(node: Int, in query: DiagnosticCase) {
    guard query.isFullRead(node), let reference = query.plan.nodes[node].relation else { return nil }
    nodes = [node]
    isForExtreme = query.wantedOrder(above: node)?.isExtreme ?? false
    let hasOwnFilter = query.plan.nodes[node].rowsRemovedByFilter != nil
    removedKey = (hasOwnFilter ? PropertyKey.rowsRemovedByFilter : .rowsFiltered).name
    relation = query.relation(of: node)
    table = relation?.indexTarget ?? QualifiedName(reference)
    if let figures = query.plan.nodes[node].actual.figures {
      isEstimated = false
      rowsReturned = figures.totalRows
      rowsRemoved = query.totalRowsRemoved(by: node)
    } else {
      guard let rows = query.expectedRows(of: node) else { return nil }
      isEstimated = true
      rowsReturned = rows.returned
      rowsRemoved = max(0, rows.read - rows.returned)
    }
    let passes = max(1, query.loops(of: node) / query.processes(of: node))
    let part = Part(
      node: node, name: relation?.name ?? QualifiedName(reference), relation: relation,
      predicates: query.scanPredicates(of: node), rowsPerPass: (rowsReturned + rowsRemoved) / passes)
    parts = [part]
    guard rowsRemoved > 0 || isForExtreme else { return nil }
  }

  /// What the filter tests; of partitions, as the first one's says it.
  var predicates: [ScanPredicate] { parts[0].predicates }
  var target: Target {
    let tested = predicates.flatMap { [$0] + $0.alternatives }
    return Target(table: table, columns: Set(tested.compactMap(\.column)))
  }
  /// The table as SQL names it.
  var tableLabel: String { table.quoted }
  var rowsRead: Double { rowsReturned + rowsRemoved }
  /// Rows read of which nothing is left in the result.
  var rowsDiscarded: Double { isForExtreme ? max(rowsRead - 1, 0) : rowsRemoved }
  /// Share of the rows read that were discarded, 0 to 1.
  var waste: Double { rowsDiscarded / max(rowsRead, 1) }
  /// Share of the rows read for which the filter holds.
  var selectivity: Double { rowsReturned / max(rowsRead, 1) }
  /// Rows of the table, or of the partitions that are read.
  var tableRows: Double { Self.tables(parts).map(\.rows).reduce(0, +) }
  /// The partitions that are read; none where the table has none.
  var partitionsRead: [QualifiedName] { Self.tables(parts).map(\.name).filter { $0 != table } }

  /// Both scans as one.
  func merging(_ other: FilteredScan) -> FilteredScan {
    var both = self
    both.nodes += other.nodes
    both.rowsReturned += other.rowsReturned
    both.rowsRemoved += other.rowsRemoved
    both.parts += other.parts
    let tables = Self.tables(both.parts)
    both.relation =
      tables.count == 1 ? relation : RelationEvidence(partitions: tables.compactMap(\.relation))
    return both
  }

  /// Each table once.
  private static func tables(_ parts: [Part]) -> [Part] {
    parts.grouped(by: \.name).map { $0[0] }
  }

  /// The figures with their sources.
  var measurements: [Measurement] {
    guard !isEstimated else {
      return [
        Measurement("rows that the planner expects", rowsReturned, source: "cost … rows"),
        Measurement(
          "rows that the planner expects to discard", rowsRemoved, source: "rows of the table − cost … rows"),
      ]
    }
    return [
      Measurement("rows returned", rowsReturned, source: "actual rows × loops"),
      Measurement("rows discarded", rowsRemoved, source: "\(removedKey) × loops"),
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

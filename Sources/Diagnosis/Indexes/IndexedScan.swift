import Catalog
import PlanModel

/// A scan that reads a table through an index, in figures over all loops and processes.
struct IndexedScan {
  /// The node that hands on the rows.
  let node: Int
  /// It and, of a bitmap scan, what builds its bitmap: all of their time is this scan's.
  let blamedNodes: [Int]
  /// The table that an index would be built on.
  let table: QualifiedName
  let relation: RelationEvidence?
  /// The index that is read; `nil` for several, and where it is not in the evidence.
  let index: IndexDefinition?
  /// What the index finds by.
  let bounds: [ScanPredicate]
  /// What is tested on each row afterwards.
  let filters: [ScanPredicate]
  let rowsReturned: Double
  let rowsRemoved: Double
  /// How often it ran, over all processes.
  let loops: Double
  /// Passes over the index: the processes of a parallel scan make one together.
  let passes: Double

  private static let types: Set<String> = ["Index Scan", "Index Only Scan", "Bitmap Heap Scan"]

  /// `nil` for other nodes and those that did not run.
  init?(node: Int, in query: DiagnosticCase) {
    let plan = query.plan.nodes[node]
    guard Self.types.contains(plan.type.name), let reference = plan.relation, !query.isFullRead(node),
      let figures = plan.actual.figures
    else { return nil }
    self.node = node
    let builders = query.plan.subtree(of: node).filter { query.plan.nodes[$0].type.isBitmapBuilder }
    blamedNodes = [node] + builders
    relation = query.relation(of: node)
    table = relation?.indexTarget ?? QualifiedName(reference)
    let names = Set(blamedNodes.compactMap { query.plan.nodes[$0].indexName })
    let indexes = relation?.indexes ?? []
    index = names.count == 1 ? indexes.first { names.contains($0.name) } : nil
    bounds = query.indexPredicates(of: node)
    filters = query.scanPredicates(of: node)
    rowsReturned = figures.totalRows
    rowsRemoved = query.totalRowsRemoved(by: node)
    loops = figures.loops
    passes = max(1, figures.loops / query.processes(of: node))
  }

  var rowsRead: Double { rowsReturned + rowsRemoved }
  /// Share of the rows read that the filter discarded, 0 to 1.
  var waste: Double { rowsRemoved / max(rowsRead, 1) }
  /// Rows of the table: known, else at least what one pass read.
  var tableRows: Double { max(relation?.bestRowCount ?? 0, rowsRead / passes) }
  /// The evidence, or as much as the plan tells of the table.
  var known: RelationEvidence { relation ?? RelationEvidence(statistics: RelationStatistics(name: table)) }

  var measurements: [Measurement] {
    [
      Measurement("rows returned", rowsReturned, source: "actual rows × loops"),
      Measurement("rows discarded", rowsRemoved, source: "Rows Removed by Filter × loops"),
    ]
  }

  /// The time of the scan and of what builds its bitmap.
  func impact(in query: DiagnosticCase) -> Impact { query.impact(ofOwnTimeOf: blamedNodes) }

  /// The planner's cost of reading so many rows in each pass through the index that is used, all passes together.
  func cost(of rows: Double, filters: Int, by advisor: IndexAdvisor) -> Double {
    var path = AccessCost.Path(
      index: indexSize(advisor), matching: rows, bounds: Double(max(bounds.count, 1)),
      filters: Double(filters), correlation: advisor.correlation(of: index?.keys ?? []))
    path.executions = passes
    return advisor.cost.indexAccess(path)
  }

  private func indexSize(_ advisor: IndexAdvisor) -> IndexSize {
    if let index, let bytes = index.sizeBytes {
      return IndexSize(pages: bytes / IndexSize.block, tuples: known.bestRowCount ?? 0)
    }
    return advisor.readSize(of: index?.keys.map(\.text) ?? [], including: [], share: 1)
  }
}

import Catalog
import PlanModel

/// A bitmap heap scan that had to test rows again, in figures over all loops and processes.
struct RecheckedBitmap {
  let node: Int
  /// Blocks whose rows the bitmap named one by one.
  let exactBlocks: Double
  /// Blocks of which the bitmap knew only that they hold some.
  let lossyBlocks: Double
  let rowsReturned: Double
  /// Rows that the second test discarded.
  let rowsRechecked: Double
  /// Indexes that the bitmap was made of.
  let indexes: [IndexDefinition]
  let relation: RelationEvidence?

  /// Bytes that the bitmap takes for each block: a `PagetableEntry` (48) and its share of the hash table, as
  /// `tbm_calculate_entries` reckons (16).
  static let bytesPerBlock = 64.0

  /// `nil` for other nodes and for those that did not run.
  init?(node: Int, in query: DiagnosticCase) {
    let plan = query.plan.nodes[node]
    guard plan.type.name == "Bitmap Heap Scan", let figures = plan.actual.figures else { return nil }
    self.node = node
    exactBlocks = Self.blocks("exact", plan)
    lossyBlocks = Self.blocks("lossy", plan)
    rowsReturned = figures.totalRows
    rowsRechecked = (plan.number(.rowsRemovedByIndexRecheck) ?? 0) * figures.loops
    let relation = query.relation(of: node)
    let builders = query.plan.subtree(of: node).filter { query.plan.nodes[$0].type.isBitmapIndexScan }
    indexes = builders.compactMap { builder in
      relation?.indexes?.first { $0.name == query.plan.nodes[builder].indexName }
    }
    self.relation = relation
  }

  /// `exact=1234 lossy=567`
  private static func blocks(_ kind: String, _ plan: PlanNode) -> Double {
    let part = plan[.heapBlocks]?.split(separator: " ").first { $0.hasPrefix(kind + "=") }
    return part.flatMap { Double($0.dropFirst(kind.count + 1)) } ?? 0
  }

  /// Share of the rows read that the second test discarded, 0 to 1.
  var recheckedShare: Double { rowsRechecked / max(rowsRechecked + rowsReturned, 1) }

  /// An index of summaries names blocks, never rows.
  var summary: IndexDefinition? { indexes.first { $0.accessMethod == "brin" } }

  var pages: Double? { relation?.statistics.currentPages ?? relation?.statistics.relPages }

  /// Blocks that the bitmap had to hold: in a parallel scan the plan counts the leader's only.
  func blocks(in query: DiagnosticCase) -> Double {
    let counted = (exactBlocks + lossyBlocks) * query.processes(of: node)
    return pages.map { min(counted, $0) } ?? counted
  }

  /// The next power of two megabytes that holds the bitmap.
  func workMemKilobytes(in query: DiagnosticCase) -> Int {
    let bytes = blocks(in: query) * Self.bytesPerBlock
    var kilobytes = 1_024
    while Double(kilobytes) * 1_024 < bytes, kilobytes < 1 << 20 { kilobytes *= 2 }
    return kilobytes
  }
}

import Catalog

extension DiagnosticCase {
  /// The cost model of a table that is all that a query reads; `nil` where its size is not known.
  func accessCost(of relation: RelationEvidence?) -> AccessCost? {
    guard let relation, let rows = relation.bestRowCount,
      let pages = relation.statistics.currentPages ?? relation.statistics.relPages, pages > 0
    else { return nil }
    return AccessCost(pages: pages, rows: rows, constants: CostConstants(evidence))
  }
}

extension AccessCost {
  /// The ways through an index on one 8-byte column, all values different: what is known of an index before its
  /// columns are.
  func plainIndex(matching: Double, correlation: Double = 0, executions: Double = 1) -> Path {
    let part = IndexSize.Part(width: 8, alignment: 8, isMerged: true)
    return Path(
      index: IndexSize(of: [part], rows: rows, distinct: rows, isMerging: true), matching: matching,
      correlation: correlation, executions: executions)
  }
}

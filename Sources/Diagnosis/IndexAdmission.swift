import Catalog
import Statements

/// The last guard before index advice is printed: nothing that exists, nothing that the engine refuses.
struct IndexAdmission {
  var engine: EngineProfile
  var evidence: EvidenceBook

  func check(_ proposal: IndexProposal) throws(RemedyRefusal) {
    guard !proposal.keys.isEmpty else { throw .noKeys }
    guard proposal.keys.count <= engine.maxKeyColumns else { throw .tooManyKeys(limit: engine.maxKeyColumns) }
    if !engine.hasDescendingKeys, proposal.keys.contains(where: \.isDescending) { throw .noDescendingKeys }
    try checkForm(of: proposal)
    guard let relation = evidence.relation(proposal.table) else { return }
    try checkPartitions(of: proposal, relation)
    try checkTypes(of: proposal, relation)
    try checkExisting(proposal, relation.indexes ?? [])
  }

  private func checkForm(of proposal: IndexProposal) throws(RemedyRefusal) {
    if !engine.hasTableMaintenance, proposal.method != .btree || proposal.predicate != nil {
      throw .notOffered(statement: "CREATE INDEX … USING \(proposal.method.rawValue) … WHERE")
    }
    if let predicate = proposal.predicate, SQLFragment(expression: predicate) == nil {
      throw .unreadablePredicate
    }
  }

  private func checkPartitions(
    of proposal: IndexProposal, _ relation: RelationEvidence
  ) throws(RemedyRefusal) {
    if relation.statistics.kind == .partitionedTable, proposal.partitions.isEmpty {
      throw .partitionsUnknown(table: proposal.table)
    }
  }

  private func checkTypes(
    of proposal: IndexProposal, _ relation: RelationEvidence
  ) throws(RemedyRefusal) {
    guard proposal.method == .btree else { return }
    for key in proposal.keys where !key.isExpression {
      guard let column = relation.column(key.text) else { continue }
      if !column.isBTreeIndexable || engine.unindexableTypes.contains(column.type) {
        throw .notIndexable(column: column.name, type: column.type)
      }
    }
  }

  private func checkExisting(
    _ proposal: IndexProposal, _ indexes: [IndexDefinition]
  ) throws(RemedyRefusal) {
    if let same = indexes.first(where: { Self.covers($0, proposal) }) { throw .duplicates(index: same.name) }
    if let limit = engine.maxIndexesPerTable, indexes.count >= limit { throw .tooManyIndexes(limit: limit) }
  }

  /// Whether everything that the proposal offers is in an index that exists.
  private static func covers(_ index: IndexDefinition, _ proposal: IndexProposal) -> Bool {
    let columns = Set(index.keys.map(\.text) + index.includedColumns)
    return index.isValid && (index.predicate == nil || index.predicate == proposal.predicate)
      && index.accessMethod.hasPrefix(proposal.method.rawValue)
      && index.keys.starts(with: proposal.keys)
      && proposal.includedColumns.allSatisfy(columns.contains)
  }
}

import Catalog

/// What one scan of a table has counted.
struct CountedFacts: Sendable {
  let table: QualifiedName
  var rowCount: CountedRows?
  var predicateCounts: [PredicateCount] = []
  var distinctCounts: [DistinctCount] = []
  var frequentValues: [FrequentValues] = []
  /// What could not be counted.
  var gap: EvidenceGap?

  init(_ table: QualifiedName, gap: EvidenceGap? = nil) {
    self.table = table
    self.gap = gap
  }
}

extension EvidenceBook {
  /// Takes over what scans have counted; of a table whose rows could not be counted one gap says enough.
  mutating func add(_ scans: [CountedFacts]) {
    var uncounted: Set<QualifiedName> = []
    for facts in scans {
      relations.firstIndex { $0.name == facts.table }.map { relations[$0].add(facts) }
      guard let gap = facts.gap, uncounted.insert(facts.table).inserted else { continue }
      gaps.append(gap)
    }
  }
}

extension RelationEvidence {
  /// Takes over what was counted.
  mutating func add(_ facts: CountedFacts) {
    rowCount = facts.rowCount ?? rowCount
    predicateCounts += facts.predicateCounts
    distinctCounts += facts.distinctCounts
    frequentValues += facts.frequentValues
  }
}

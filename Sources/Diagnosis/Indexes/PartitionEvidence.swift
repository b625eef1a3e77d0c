import Catalog

extension RelationEvidence {
  /// Several partitions of one table as if they were a table: what an index on their parent has to do with.
  /// `nil` without partitions.
  ///
  /// Counts and sizes are sums, where all are known; an index counts where every partition has its like.
  init?(partitions: [RelationEvidence]) {
    guard let first = partitions.first else { return nil }
    var statistics = RelationStatistics(name: first.indexTarget, kind: .partitionedTable)
    statistics.relTuples = Self.sum(partitions.map(\.plannerRowCount))
    statistics.relPages = Self.sum(partitions.map { $0.statistics.currentPages ?? $0.statistics.relPages })
    statistics.partitions = first.statistics.partitions
    statistics.rowSecurityActive = partitions.contains(where: \.statistics.rowSecurityActive)
    let counts = partitions.compactMap(\.rowCount)
    let isExact = counts.allSatisfy { $0.method == .exact }
    self.init(
      statistics: statistics, columns: first.columns, indexes: Self.common(partitions.map(\.indexes)),
      rowCount: Self.sum(partitions.map { $0.rowCount?.value })
        .map { CountedRows($0, method: isExact ? .exact : .sampled) })
  }

  private static func sum(_ values: [Double?]) -> Double? {
    let known = values.compactMap(\.self)
    return known.count == values.count ? known.reduce(0, +) : nil
  }

  /// The indexes that every partition has, under the names of the first one's.
  private static func common(_ indexes: [[IndexDefinition]?]) -> [IndexDefinition]? {
    let known = indexes.compactMap(\.self)
    guard known.count == indexes.count, let first = known.first else { return nil }
    return first.filter { index in
      known.dropFirst().allSatisfy { $0.contains { $0.isLike(index) } }
    }
  }
}

extension IndexDefinition {
  /// Whether it serves the same queries on another partition.
  fileprivate func isLike(_ other: IndexDefinition) -> Bool {
    accessMethod == other.accessMethod && keys == other.keys && includedColumns == other.includedColumns
      && isValid == other.isValid && predicate == other.predicate
  }
}

import Catalog

/// An index that has a wanted column behind others that the query does not fix.
enum MisorderedIndex {
  /// The first valid B-tree over all rows that holds the key behind a column on which nothing is asked; `nil`
  /// where the key itself is none that all wanted rows are found by.
  static func holding(
    _ key: IndexKey, among indexes: [IndexDefinition], without demand: IndexDemand
  ) -> IndexDefinition? {
    let asked = Set((demand.equalities + demand.ranges).map(\.column))
    guard asked.contains(key.text) else { return nil }
    return indexes.first { index in
      guard index.isValid, index.predicate == nil, index.accessMethod.hasPrefix("btree"),
        let first = index.keys.first, !asked.contains(first.text)
      else { return false }
      return index.keys.dropFirst().contains { $0.text == key.text }
    }
  }
}

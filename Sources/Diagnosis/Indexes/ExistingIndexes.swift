import Catalog

/// Whether an index like the one that is wanted exists already.
struct ExistingIndexes {
  let indexes: [IndexDefinition]

  /// An index that serves the same keys already: same columns in the same order, or with the leading
  /// `equalityCount` columns in another order among themselves (to equality their order is the same).
  func serving(_ keys: [IndexKey], equalityCount: Int) -> IndexDefinition? {
    indexes.first { index in
      isComparable(index) && covers(index.keys, keys, equalityCount: min(equalityCount, keys.count))
    }
  }

  /// Names of plain indexes that a new index with these keys makes redundant: it starts with their keys.
  /// Unique indexes stay: they enforce something.
  func superseded(by keys: [IndexKey]) -> [String] {
    indexes.filter { index in
      isComparable(index) && !index.isUnique && index.includedColumns.isEmpty
        && index.keys.count < keys.count && Array(keys.prefix(index.keys.count)) == index.keys
    }.map(\.name)
  }

  /// An invalid index with these keys: being built, or left behind by a failed build.
  func invalid(_ keys: [IndexKey]) -> IndexDefinition? {
    indexes.first { index in
      !index.isValid && isPlain(index) && Array(index.keys.prefix(keys.count)) == keys
    }
  }

  private func isComparable(_ index: IndexDefinition) -> Bool { index.isValid && isPlain(index) }

  /// A B-tree over all rows.
  private func isPlain(_ index: IndexDefinition) -> Bool {
    index.predicate == nil && index.accessMethod.hasPrefix("btree")
  }

  private func covers(_ existing: [IndexKey], _ wanted: [IndexKey], equalityCount: Int) -> Bool {
    guard existing.count >= wanted.count else { return false }
    let leading = Set(existing.prefix(equalityCount).map(\.text))
    return leading == Set(wanted.prefix(equalityCount).map(\.text))
      && isSameOrder(existing, wanted, from: equalityCount)
  }

  /// The ordered part agrees, or runs exactly the other way so that the index can be read backwards.
  private func isSameOrder(_ existing: [IndexKey], _ wanted: [IndexKey], from start: Int) -> Bool {
    let pairs = zip(existing[start...], wanted[start...])
    guard pairs.allSatisfy({ $0.text == $1.text }) else { return false }
    let flips = pairs.map { $0.isDescending != $1.isDescending }
    return Set(flips).count <= 1 && pairs.allSatisfy { $0.hasDefaultNulls == $1.hasDefaultNulls }
  }
}

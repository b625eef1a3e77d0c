import Catalog

/// Whether an index like the one that is wanted exists already.
struct ExistingIndexes {
  let indexes: [IndexDefinition]
  /// What the scan tests, as an index would state it: a partial index whose condition is among it has all rows
  /// that the scan wants.
  var conditions: Set<String> = []

  /// An index that serves the same keys already: same columns in the same order, or with the leading
  /// `equalityCount` columns in another order among themselves (to equality their order is the same).
  func serving(_ keys: [IndexKey], equalityCount: Int) -> IndexDefinition? {
    indexes.first { index in
      index.isValid && isPlain(index)
        && covers(index.keys, keys, equalityCount: min(equalityCount, keys.count))
    } ?? indexes.first { isPartial($0, leadingWith: keys) }
  }

  /// Names of plain indexes that a new index makes redundant: it starts with their keys, or has the same and more
  /// beside them. Unique indexes stay: they enforce something.
  func superseded(by keys: [IndexKey], including included: [String] = []) -> [String] {
    indexes.filter { index in
      index.isValid && index.predicate == nil && isPlain(index) && !index.isUnique
        && index.includedColumns.allSatisfy(included.contains)
        && index.keys.count < keys.count + (included.isEmpty ? 0 : 1)
        && Array(keys.prefix(index.keys.count)) == index.keys
    }.map(\.name)
  }

  /// An invalid index with these keys: being built, or left behind by a failed build.
  func invalid(_ keys: [IndexKey]) -> IndexDefinition? {
    indexes.first { index in
      !index.isValid && isPlain(index) && Array(index.keys.prefix(keys.count)) == keys
    }
  }

  /// A partial index over rows among which are all that the scan wants.
  func restricted() -> IndexDefinition? {
    indexes.first { $0.isValid && $0.predicate != nil && isPlain($0) }
  }

  /// Why indexes that hold the wanted columns do not serve, one sentence each.
  func shortcomings(for keys: [IndexKey]) -> [String] {
    guard let first = keys.first else { return [] }
    return indexes.compactMap { index in
      guard index.isValid, index.keys.first?.text == first.text || index.predicate != nil else { return nil }
      if let predicate = index.predicate, index.keys.first?.text == first.text, !isImplied(predicate) {
        return
          "\(index.words) holds only rows with \(predicate.withoutOuterBrackets), which this filter does not imply."
      }
      if !index.accessMethod.hasPrefix("btree"), index.keys.first?.text == first.text {
        return "\(index.words) is a \(index.accessMethod) index."
      }
      return index.keys.first?.operatorClass.map {
        "\(index.words) has the operator class \($0), which serves neither this order nor this range."
      }
    }
  }

  /// A B-tree over all rows, or over all that the scan wants.
  private func isPlain(_ index: IndexDefinition) -> Bool {
    (index.predicate.map(isImplied) ?? true) && index.accessMethod.hasPrefix("btree")
  }

  private func isImplied(_ predicate: String) -> Bool { conditions.contains(predicate.withoutOuterBrackets) }

  /// A partial index over what the scan wants that leads with the keys but for those that its condition fixes.
  private func isPartial(_ index: IndexDefinition, leadingWith keys: [IndexKey]) -> Bool {
    guard index.isValid, let predicate = index.predicate, isPlain(index) else { return false }
    let others = keys.filter { !predicate.mentions(word: $0.text) }
    return others.count < keys.count && Array(index.keys.prefix(others.count)) == others
  }

  private func covers(_ existing: [IndexKey], _ wanted: [IndexKey], equalityCount: Int) -> Bool {
    guard existing.count >= wanted.count else { return false }
    let leading = Set(existing.prefix(equalityCount).map(\.text))
    return leading == Set(wanted.prefix(equalityCount).map(\.text))
      && isSameOrder(existing, wanted, from: equalityCount)
  }

  /// The ordered part agrees, or runs exactly the other way so that the index can be read backwards. An operator
  /// class beside the default one serves equality, but neither ranges nor the order.
  private func isSameOrder(_ existing: [IndexKey], _ wanted: [IndexKey], from start: Int) -> Bool {
    let pairs = zip(existing[start...], wanted[start...])
    guard pairs.allSatisfy({ $0.text == $1.text && $0.operatorClass == $1.operatorClass }) else {
      return false
    }
    let flips = pairs.map { $0.isDescending != $1.isDescending }
    return Set(flips).count <= 1 && pairs.allSatisfy { $0.hasDefaultNulls == $1.hasDefaultNulls }
  }
}

extension String {
  /// Whether a name stands in it as a word of its own.
  fileprivate func mentions(word: String) -> Bool {
    split { !($0.isLetter || $0.isNumber || $0 == "_") }.contains { $0 == word }
  }
}

/// `a.x = b.y` between two tables (`eqjoinsel` in `selfuncs.c`).
struct EqualityJoin {
  let outer: PlannerColumn
  let inner: PlannerColumn

  /// How many rows of the other side one row meets, with the figures.
  struct Share: Equatable {
    /// Of all pairs of rows, or for a semi-join of the outer rows: those that match.
    var selectivity: Double
    /// The arithmetic.
    var words: String
  }

  /// `nil` where both sides have common values that cannot be compared.
  func innerJoin() -> Share? {
    guard hasLists else { return withoutLists }
    return matches(inner.frequencies.count).map(withLists)
  }

  private var hasLists: Bool { !outer.frequencies.isEmpty && !inner.frequencies.isEmpty }

  private var withoutLists: Share {
    let distinct = max(outer.distinct.count, inner.distinct.count)
    let known = (1 - outer.nullFrac) * (1 - inner.nullFrac)
    let nulls =
      "(1 − \(Arithmetic.number(outer.nullFrac)) NULL) × (1 − \(Arithmetic.number(inner.nullFrac)) NULL)"
    return Share(
      selectivity: known / distinct,
      words: "\(nulls) / \(Words.count(distinct)), the larger number of distinct values")
  }

  /// Pairs of equal common values by their places.
  private func matches(_ limit: Int) -> [(outer: Int, inner: Int)]? {
    guard let left = outer.common, let right = inner.common,
      outer.type.isComparable(with: inner.type)
    else { return nil }
    var places: [String: Int] = [:]
    for (place, value) in right.prefix(limit).enumerated() { places[value.key] = place }
    return left.enumerated().compactMap { place, value in places[value.key].map { (place, $0) } }
  }

  private func withLists(_ pairs: [(outer: Int, inner: Int)]) -> Share {
    let product = pairs.reduce(0) { $0 + outer.frequencies[$1.outer] * inner.frequencies[$1.inner] }
    let left = Rest(outer, matched: pairs.reduce(0) { $0 + outer.frequencies[$1.outer] })
    let right = Rest(inner, matched: pairs.reduce(0) { $0 + inner.frequencies[$1.inner] })
    let (a, b) = (left.meeting(right, pairs.count), right.meeting(left, pairs.count))
    let total = product + min(a, b)
    return Share(
      selectivity: total,
      words: "\(Arithmetic.number(product)) of \(pairs.count) common values on both sides"
        + " + \(Arithmetic.number(min(a, b))) of all others")
  }

  /// What is not matched by common values of both sides.
  private struct Rest {
    let unmatched: Double
    let other: Double
    let common: Double
    let distinct: Double

    init(_ column: PlannerColumn, matched: Double) {
      unmatched = column.commonSum - matched
      other = min(max(1 - column.nullFrac - column.commonSum, 0), 1)
      common = Double(column.frequencies.count)
      distinct = column.distinct.count
    }

    /// Seen from this side: unmatched common values meet the other side's rare ones, rare ones all that is left.
    func meeting(_ side: Rest, _ matches: Int) -> Double {
      let rare = side.distinct > side.common ? unmatched * side.other / (side.distinct - side.common) : 0
      guard side.distinct > Double(matches) else { return rare }
      return rare + other * (side.other + side.unmatched) / (side.distinct - Double(matches))
    }
  }

  // MARK: Semi-joins

  /// The share of the outer side's rows that have a partner among so many rows (`eqjoinsel_semi`).
  func semiJoin(innerRows: Double) -> Share? {
    guard let all = innerJoin() else { return nil }
    let isClamped = inner.distinct.count >= innerRows
    let distinct = min(inner.distinct.count, innerRows)
    let isGuess = outer.distinct.isDefault || inner.distinct.isDefault && !isClamped
    let most = inner.frequencies.indices.prefix { Double($0) + 1 <= distinct }.count
    guard let pairs = hasLists ? matches(most) : [] else { return nil }
    let matched = pairs.reduce(0) { $0 + outer.frequencies[$1.outer] }
    let left = outer.distinct.count - Double(pairs.count)
    let right = distinct - Double(pairs.count)
    let uncertain = isGuess ? 0.5 : left <= right || right < 0 ? 1 : right / left
    let share = matched + uncertain * min(max(1 - matched - outer.nullFrac, 0), 1)
    return Share(
      selectivity: min(share, innerRows * all.selectivity),
      words: "\(Arithmetic.number(matched)) in common values + \(Arithmetic.number(uncertain)) of the others")
  }
}

extension ValueType {
  /// Whether equal values of both types have equal texts here.
  fileprivate func isComparable(with other: ValueType) -> Bool {
    self == other && self != .unordered || self == .unordered && other == .unordered
  }
}

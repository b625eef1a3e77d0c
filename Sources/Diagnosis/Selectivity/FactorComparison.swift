import Catalog

/// The planner's factors of one scan beside what was counted: whether single factors are wrong, or right ones
/// that are not independent.
struct FactorComparison: Equatable {
  /// One condition, or two bounds of one column.
  struct Row: Equatable {
    /// What the planner multiplies.
    var term: FactorProduct.Term
    /// The conditions of it, as the plan prints them.
    var predicates: [String]
    /// The share of rows for which it holds; `nil` where it was not counted.
    var counted: Double?
    /// It was not counted alone: what the others leave of the share for all together.
    var isDerived = false

    /// The planner's share.
    var expected: Double? { term.selectivity }
    /// Counted over expected: over 1 the planner expects too few; `nil` where one of them is missing or 0.
    var ratio: Double? { FactorComparison.ratio(counted, expected) }
  }

  /// What is multiplied, in the plan's order.
  var rows: [Row]
  /// The planner's share for all together.
  var expected: Double?
  /// The share of rows for which all hold; `nil` where that was not counted.
  var joint: Double?

  /// The planner's factors beside the counts of the same conditions.
  ///
  /// - Parameter joint: the share for all together, where it was seen and not counted.
  init(_ estimate: ReproducedEstimate, counted relation: RelationEvidence, joint seen: Double? = nil) {
    let texts = estimate.product.factors.map(\.predicate)
    expected = estimate.product.selectivity
    joint = relation.selectivity(of: texts) ?? seen
    rows = estimate.product.terms.map { term in
      Row(term: term, predicates: term.predicates, counted: relation.selectivity(of: term.predicates))
    }
    deriveMissing()
  }

  /// The one share that was not counted is what the others leave.
  private mutating func deriveMissing() {
    let missing = rows.indices.filter { rows[$0].counted == nil }
    guard missing.count == 1, let joint else { return }
    let others = rows.compactMap(\.counted).reduce(1, *)
    guard others > 0 else { return }
    rows[missing[0]].counted = min(joint / others, 1)
    rows[missing[0]].isDerived = rows.count > 1
  }

  /// The product of the counted shares: what would hold together if the conditions had nothing to do with each other.
  var independent: Double? {
    rows.reduce(1) { product, row in product.flatMap { a in row.counted.map { a * $0 } } }
  }

  /// Joint share over the product of the counted single ones: far from 1, the columns are correlated. `nil` for
  /// a single condition and where a count is missing.
  var correlation: Double? {
    rows.count > 1 && !rows.contains(where: \.isDerived) ? Self.ratio(joint, independent) : nil
  }

  /// The factor that is furthest off, either way; `nil` where none can be compared.
  var worst: Row? {
    rows.filter { $0.ratio != nil }.max { Self.distance($0.ratio) < Self.distance($1.ratio) }
  }

  private static func ratio(_ a: Double?, _ b: Double?) -> Double? {
    guard let a, let b, b > 0 else { return nil }
    return a / b
  }

  private static func distance(_ ratio: Double?) -> Double {
    guard let ratio, ratio > 0 else { return .infinity }
    return max(ratio, 1 / ratio)
  }
}

extension FactorProduct.Term {
  /// Its conditions as the plan prints them; empty where columns were put together by extended statistics.
  var predicates: [String] {
    switch self {
    case .factor(let factor): [factor.predicate]
    case .pair(let pair): [pair.low.predicate, pair.high.predicate]
    case .dependent: []
    }
  }

  /// Where the planner took it from; of a pair the bound that keeps less.
  var source: SelectivitySource? {
    switch self {
    case .factor(let factor): factor.source
    case .pair(let pair):
      (pair.low.selectivity ?? 1) < (pair.high.selectivity ?? 1) ? pair.low.source : pair.high.source
    case .dependent: nil
    }
  }
}

import Catalog

/// The planner's factors of one scan beside what was counted: whether single factors are wrong, or right ones
/// that are not independent.
struct FactorComparison: Equatable {
  /// One condition.
  struct Row: Equatable {
    /// What the planner expects.
    var factor: SelectivityFactor
    /// The share of rows for which it holds; `nil` where it was not counted.
    var counted: Double?

    /// Counted over expected: over 1 the planner expects too few; `nil` where one of them is missing or 0.
    var ratio: Double? { FactorComparison.ratio(counted, factor.selectivity) }
  }

  /// Every condition, in the plan's order.
  var rows: [Row]
  /// The planner's share for all together.
  var expected: Double?
  /// The share of rows for which all hold; `nil` where that was not counted.
  var joint: Double?

  /// The planner's factors beside the counts of the same conditions.
  init(_ estimate: ReproducedEstimate, counted relation: RelationEvidence) {
    let texts = estimate.product.factors.map(\.predicate)
    rows = estimate.product.factors.map { Row(factor: $0, counted: relation.selectivity(of: [$0.predicate])) }
    expected = estimate.product.selectivity
    joint = relation.selectivity(of: texts)
  }

  /// The product of the counted shares: what would hold together if the conditions had nothing to do with each other.
  var independent: Double? {
    rows.reduce(1) { product, row in product.flatMap { a in row.counted.map { a * $0 } } }
  }

  /// Joint share over the product of the counted single ones: far from 1, the columns are correlated. `nil` for
  /// a single condition and where a count is missing.
  var correlation: Double? { rows.count > 1 ? Self.ratio(joint, independent) : nil }

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

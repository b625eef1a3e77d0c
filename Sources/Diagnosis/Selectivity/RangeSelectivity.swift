/// A range condition on a column: the common values for which it holds, and a share of the histogram
/// (`scalarineqsel` in `selfuncs.c`).
struct RangeShare: Equatable {
  /// Sum of the frequencies of the common values for which it holds.
  var commonPart: Double
  /// Sum of the frequencies of all common values.
  var commonSum: Double
  /// Share of NULLs.
  var nullFrac: Double
  /// Where the value lies in the histogram; `nil` without one: half of the rest is assumed.
  var place: HistogramPlace?

  /// The selectivity.
  var selectivity: Double {
    min(max((1 - nullFrac - commonSum) * (place?.share ?? 0.5) + commonPart, 0), 1)
  }

  /// The arithmetic.
  var words: String {
    let rest = "(1 − \(Arithmetic.number(commonSum)) in common values − \(Arithmetic.number(nullFrac)) NULL)"
    let share = place.map(\.words) ?? "0.5 assumed without a histogram"
    return "\(rest) × \(share) + \(Arithmetic.number(commonPart)) of the common values"
  }
}

extension PlannerColumn {
  /// The share of rows on one side of a value, or why it cannot be told.
  func range(_ operation: RangeOperator, _ value: ColumnValue) -> Result<RangeShare, Unmodelled> {
    guard let common, let bounds else {
      return .failure(Unmodelled("values of pg_stats are in another notation"))
    }
    guard collation.agreesWithBytes(common + bounds + [value]) else {
      return .failure(Unmodelled("the order of its collation is not known here"))
    }
    let holds = common.map { operation.holds($0, value) }
    guard holds.allSatisfy({ $0 != nil }), bounds.isEmpty || value.isLess(than: value) != nil else {
      return .failure(Unmodelled("the order of the type's values is not known here"))
    }
    let part = zip(holds, frequencies).reduce(0) { $0 + ($1.0 == true ? $1.1 : 0) }
    return place(of: value, operation).map {
      RangeShare(commonPart: part, commonSum: commonSum, nullFrac: nullFrac, place: $0)
    }
  }
}

/// Why a selectivity is not reproduced.
struct Unmodelled: Error, Equatable {
  /// For a sentence: "not reproduced: …".
  let reason: String

  init(_ reason: String) { self.reason = reason }
}

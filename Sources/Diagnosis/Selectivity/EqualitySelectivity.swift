/// `=` on a column: `var_eq_const` and `var_eq_non_const` in `selfuncs.c`.
extension PlannerColumn {
  /// A selectivity with its source, before it belongs to a condition.
  typealias Share = (selectivity: Double, source: SelectivitySource)

  /// The share of rows with one known value; `nil` where the common values cannot be compared with it.
  func equality(to value: ColumnValue) -> Share? {
    if let share = uniqueShare { return share }
    guard distribution != nil else { return assumedShare }
    guard let common else { return nil }
    guard let rank = common.firstIndex(where: { $0.key == value.key }) else { return otherValue }
    return (frequencies[rank], .commonValue(rank: rank + 1, frequency: frequencies[rank]))
  }

  /// The share of rows with one value that is not known yet.
  var equalityToUnknown: Share {
    if let share = uniqueShare { return share }
    guard distribution != nil else { return assumedShare }
    let share = (1 - nullFrac) / max(distinct.count, 1)
    let cap = frequencies.first.flatMap { $0 < share ? $0 : nil }
    return (cap ?? share, .anyValue(nullFrac: nullFrac, distinct: distinct.count, cap: cap))
  }

  private var uniqueShare: Share? {
    isUnique && rows >= 1 ? (1 / rows, .oneRow(rows: rows)) : nil
  }

  private var assumedShare: Share {
    (1 / distinct.count, .assumedDistinct(distinct.count))
  }

  private var otherValue: Share {
    let others = distinct.count - Double(frequencies.count)
    let rest = min(max(1 - commonSum - nullFrac, 0), 1) / (others > 1 ? others : 1)
    let cap = frequencies.last.flatMap { $0 < rest ? $0 : nil }
    let values = OtherValues(
      commonSum: commonSum, commonCount: frequencies.count, nullFrac: nullFrac, distinct: distinct.count,
      cap: cap)
    return (cap ?? rest, .otherValue(values))
  }
}

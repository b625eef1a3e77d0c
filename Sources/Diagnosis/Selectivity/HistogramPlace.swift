/// A value's place in a histogram, and the share of it that an operator takes (`ineq_histogram_selectivity`).
struct HistogramPlace: Equatable {
  /// The bin that holds the value, from 1; 0 below the first bound, ``bins`` + 1 above the last one.
  var bin: Int
  /// Bins of the histogram.
  var bins: Int
  /// How much of the bin is below the value, 0 to 1.
  var position: Double
  /// The share of one value, by which `<` and `<=` differ and the first bin is wider.
  var oneValue: Double
  /// The operator.
  var operation: RangeOperator
  /// The planner read the present minimum or maximum from an index, and believes very small shares.
  var hasEnds: Bool

  /// The share of the histogram that is taken, 0 to 1.
  var share: Double {
    let taken = operation.isGreater ? 1 - below : below
    let cutoff = hasEnds ? 0 : 0.01 / Double(bins)
    return min(max(taken, cutoff), 1 - cutoff)
  }

  private var below: Double {
    if bin < 1 { return 0 }
    if bin > bins { return 1 }
    var share = (Double(bin - 1) + position) / Double(bins)
    if bin == 1 { share += oneValue * (1 - position) }
    return operation.isGreater == operation.takesEqual ? share - oneValue : share
  }

  /// The arithmetic.
  var words: String {
    let number = Arithmetic.number(share)
    if bin < 1 { return "\(number) (below the histogram's first bound)" }
    if bin > bins { return "\(number) (above the histogram's last bound)" }
    let place = "(\(bin - 1) + \(Arithmetic.number(position))) / \(bins) bins below the value"
    return "\(number) (\(place)\(operation.isGreater ? ", and 1 − that above" : ""))"
  }
}

extension PlannerColumn {
  /// Where a value lies; `nil` without a histogram.
  func place(of value: ColumnValue, _ operation: RangeOperator) -> Result<HistogramPlace?, Unmodelled> {
    guard let bounds, bounds.count > 1 else { return .success(nil) }
    let search = HistogramSearch(value, operation)
    let stored = search.bin(in: bounds)
    let hasEnds = index != nil && (stored <= 1 || stored >= bounds.count - 1)
    let live = hasEnds ? liveBounds(bounds) : bounds
    let bin = search.bin(in: live)
    if hasEnds, isModified, bin == 0 || bin == bounds.count {
      return .failure(
        Unmodelled("the planner read the present minimum or maximum from the index \(index ?? "")"))
    }
    return .success(
      HistogramPlace(
        bin: bin, bins: bounds.count - 1, position: position(of: value, in: bin, of: live),
        oneValue: otherValueShare, operation: operation, hasEnds: hasEnds))
  }

  /// The histogram with the least and the greatest value that the statistics know for ends, as an index has them:
  /// common values are not in the histogram.
  private func liveBounds(_ bounds: [ColumnValue]) -> [ColumnValue] {
    let all = bounds + (common ?? [])
    let least = all.min { $0.isLess(than: $1) == true }
    let greatest = all.max { $0.isLess(than: $1) == true }
    return [least ?? bounds[0]] + bounds.dropFirst().dropLast() + [greatest ?? bounds[bounds.count - 1]]
  }

  private func position(of value: ColumnValue, in bin: Int, of bounds: [ColumnValue]) -> Double {
    guard bin > 0, bin < bounds.count else { return 0 }
    switch (bounds[bin - 1].order, value.order, bounds[bin].order) {
    case (.number(let low), .number(let value), .number(let high)):
      return Self.position(low, value, high)
    case (.bytes(let low), .bytes(let value), .bytes(let high)) where type.isText:
      let scale = TextScale(value, from: low, to: high)
      return Self.position(scale.scalar(low), scale.scalar(value), scale.scalar(high))
    // No scale for uuid.
    default: return 0.5
    }
  }

  private static func position(_ low: Double, _ value: Double, _ high: Double) -> Double {
    guard high > low else { return 0.5 }
    let position = (value - low) / (high - low)
    return position.isNaN ? 0.5 : min(max(position, 0), 1)
  }
}

/// Finds the bin of a value. Which bound ends the search depends on the operator, so that a value on a bound finds
/// the same share with each of them.
private struct HistogramSearch {
  private let value: ColumnValue
  private let isStrict: Bool

  init(_ value: ColumnValue, _ operation: RangeOperator) {
    self.value = value
    isStrict = operation.isGreater == operation.takesEqual
  }

  func bin(in bounds: [ColumnValue]) -> Int { bounds.firstIndex { !isBelow($0) } ?? bounds.count }

  private func isBelow(_ bound: ColumnValue) -> Bool {
    isStrict ? bound.isLess(than: value) == true : value.isLess(than: bound) == false
  }
}

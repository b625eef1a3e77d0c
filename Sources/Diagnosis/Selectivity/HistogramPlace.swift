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
    // Which bound ends the search depends on the operator, so that a value on a bound finds the same bin.
    let isStrict = operation.isGreater == operation.takesEqual
    let bin = bounds.firstIndex { !$0.isBelow(value, strictly: isStrict) } ?? bounds.count
    let hasEnds = index != nil && (bin <= 1 || bin >= bounds.count - 1)
    if hasEnds, isModified, bin == 0 || bin == bounds.count {
      return .failure(Unmodelled("the planner read the present minimum or maximum from the index \(index ?? "")"))
    }
    return .success(
      HistogramPlace(
        bin: bin, bins: bounds.count - 1, position: position(of: value, in: bin), oneValue: otherValueShare,
        operation: operation, hasEnds: hasEnds))
  }

  private func position(of value: ColumnValue, in bin: Int) -> Double {
    guard let bounds, bin > 0, bin < bounds.count else { return 0 }
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

extension ColumnValue {
  fileprivate func isBelow(_ value: ColumnValue, strictly: Bool) -> Bool {
    strictly ? isLess(than: value) == true : value.isLess(than: self) == false
  }
}

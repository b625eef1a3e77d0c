/// A reproduced estimate against the number in the plan.
enum EstimateAgreement: Equatable {
  /// Within ``tolerance``.
  case reproduced(deviation: Double)
  /// Further off than that.
  case notReproduced(deviation: Double)
  /// A condition has no reproduction, so that there is no number.
  case notModelled

  /// The share by which a reproduction may be off: from there on, what explains it explains another number.
  static let tolerance = 0.2

  /// - Parameter rows: the reproduction; `nil` where there is none.
  init(_ rows: Double?, planRows: Double) {
    guard let rows else {
      self = .notModelled
      return
    }
    let deviation = abs(rows - planRows) / max(planRows, 1)
    // A row more or less is rounding.
    let isClose = deviation <= Self.tolerance || abs(rows - planRows) <= 1
    self = isClose ? .reproduced(deviation: deviation) : .notReproduced(deviation: deviation)
  }

  /// For the report.
  var sentence: String {
    switch self {
    case .reproduced: "The planner's estimate is reproduced from the statistics."
    case .notReproduced(let deviation):
      "The estimate could not be reproduced: the arithmetic is off by \(Words.percent(deviation))."
    case .notModelled: "The estimate could not be reproduced: a condition is not modelled."
    }
  }
}

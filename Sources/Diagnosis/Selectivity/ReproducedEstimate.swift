/// The planner's row estimate of one scan, computed again from the catalog's statistics.
struct ReproducedEstimate: Equatable {
  /// Rows that the planner takes the table to have.
  var tableRows: Double
  /// The conditions.
  var product: FactorProduct
  /// By how much a parallel scan divides its rows; 1 otherwise.
  var parallelDivisor = 1.0
  /// More than the conditions on constants leave, the planner does not expect of a parameterised scan.
  var limit: Double?

  /// The estimate, rounded and at least 1 as the plan has it; `nil` where a condition was not reproduced.
  var rows: Double? {
    product.selectivity.map { selectivity in
      let rows = min(clampedRows(tableRows * selectivity), limit ?? .infinity)
      return parallelDivisor > 1 ? clampedRows(rows / parallelDivisor) : rows
    }
  }

  /// The arithmetic of the whole, from the table's rows to the estimate.
  var sentence: String {
    guard let rows else {
      return "The estimate is not reproduced: \(product.reasons.joined(separator: "; "))."
    }
    let divided = parallelDivisor > 1 ? " / \(Arithmetic.number(parallelDivisor)) processes" : ""
    return "\(Words.counted(tableRows, "row")) × \(product.words)\(divided) = \(Words.counted(rows, "row"))."
  }

  /// One sentence per condition, then the whole.
  var sentences: [String] { product.factors.map(\.sentence) + [sentence] }

  /// How the reproduction stands to the plan's own number.
  func agreement(with planRows: Double) -> EstimateAgreement { EstimateAgreement(rows, planRows: planRows) }
}

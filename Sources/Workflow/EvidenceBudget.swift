/// How much time the scans of user tables may take.
///
/// capture-and-evidence.md, "Budget": 60 s in all, at most twice the captured execution time with a floor
/// of 10 s.
struct EvidenceBudget {
  static let most = 60.0
  static let floor = 10.0
  static let timesExecution = 2.0

  /// Seconds for all scans together.
  let seconds: Double

  /// A budget for a statement that took so many milliseconds; `nil` when it did not run to its end.
  init(executionTime: Double?) {
    let twice = Self.timesExecution * (executionTime ?? 0) / 1_000
    seconds = min(max(twice, Self.floor), Self.most)
  }

  /// Rows above which a table is sampled, not counted.
  static let mostCountedRows = 50_000_000.0

  /// Rows of all scans but one from which further connections are worth opening: connecting takes about as
  /// long as counting so many.
  static let rowsWorthConnecting = 100_000.0

  /// Percent of a table's blocks that hold about as many rows as are counted at most; `nil` to count all.
  static func samplePercent(ofTableWith rows: Double?) -> Int? {
    guard let rows, rows > mostCountedRows else { return nil }
    return max(1, Int(100 * mostCountedRows / rows))
  }
}

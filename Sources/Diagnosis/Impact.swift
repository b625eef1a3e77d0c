/// What a finding costs: an upper bound of what resolving it can save.
public struct Impact: Sendable, Equatable {
  /// Milliseconds of wall-clock time; `nil` without node times, when only the share of the cost is known.
  public var milliseconds: Double?
  /// Share of the execution time (or, without times, of the root's estimated cost), 0 to 1.
  public var share: Double

  /// An impact; the share is cut to 0…1.
  public init(milliseconds: Double?, share: Double) {
    self.milliseconds = milliseconds
    self.share = min(max(share, 0), 1)
  }

  /// Impossible diagnostics cost nothing that could be measured.
  public static let none = Impact(milliseconds: nil, share: 0)
}

/// How bad a finding is; the raw value is the report's wording.
public enum Severity: String, Sendable, Codable, CaseIterable {
  case critical = "CRITICAL"
  case high = "HIGH"
  case moderate = "MODERATE"
  case low = "LOW"
  case bugReport = "BUG REPORT"

  /// The severity of a share of execution time: over 50%, from 20%, from 5%, less.
  public init(share: Double) {
    self =
      switch share {
      case let share where share > 0.5: .critical
      case 0.2...: .high
      case 0.05...: .moderate
      default: .low
      }
  }

  /// For `--fail-on`: a bug report counts as low.
  public var rank: Int {
    switch self {
    case .critical: 3
    case .high: 2
    case .moderate: 1
    case .low, .bugReport: 0
    }
  }
}

import Catalog
import Diagnosis
import PlanModel
import Postgres

/// One set of settings to try.
public struct VariantPlan: Sendable, Equatable {
  /// The column's heading in the report.
  public var name: String
  /// What `SET LOCAL` sets, in order.
  public var settings: [TransactionSettings.Setting]

  /// A variant.
  public init(name: String, settings: [TransactionSettings.Setting]) {
    self.name = name
    self.settings = settings
  }

  /// The server's own settings.
  public static let baseline = VariantPlan(name: "Default", settings: [])

  /// No join but by merging.
  public static let mergeJoinOnly = VariantPlan(
    name: "Merge Join Only",
    settings: [
      .init("enable_hashjoin", "off"), .init("enable_nestloop", "off"), .init("enable_mergejoin", "on"),
    ])

  /// No join but by hashing: the plan nearest to what a planner that knew the rows would choose over a
  /// nested loop.
  static let hashJoinOnly = VariantPlan(
    name: "Hash Join Only",
    settings: [
      .init("enable_nestloop", "off"), .init("enable_mergejoin", "off"), .init("enable_hashjoin", "on"),
    ])

  /// More memory for each sort and hash.
  static func workMem(kilobytes: Int) -> VariantPlan {
    VariantPlan(
      name: "work_mem = \(kilobytes / 1_024)MB", settings: [.init("work_mem", "\(kilobytes)kB")])
  }

  /// What a finding advises to set.
  static func advised(_ settings: [Diagnosis.SessionSetting]) -> VariantPlan {
    VariantPlan(
      name: settings.map { "\($0.name) = \($0.value)" }.joined(separator: ", "),
      settings: settings.map { TransactionSettings.Setting($0.name, $0.value) })
  }

  /// The settings as the report lists them.
  var properties: [PlanProperty] { settings.map { PlanProperty(PropertyKey($0.name), $0.value) } }
}

/// The time that experiments may take (experiments.md).
public struct ExperimentBudget: Sendable, Equatable {
  /// Seconds of captured execution over which nothing is run again.
  public static let longestCapture = 30.0
  /// One run may take this many times the warm baseline.
  static let timesBaselinePerRun = 3.0
  /// All runs together may take this many times the warm baseline.
  static let timesBaselineInAll = 10.0

  /// Limits of one run and of all, in seconds.
  static let runBounds = 1.0...30.0
  static let totalBounds = 10.0...120.0

  /// Seconds that one run may take, for a warm baseline of so many milliseconds.
  static func run(baseline: Double) -> Double {
    (timesBaselinePerRun * baseline / 1_000).clamped(to: runBounds)
  }

  /// Seconds that all runs may take.
  static func total(baseline: Double) -> Double {
    (timesBaselineInAll * baseline / 1_000).clamped(to: totalBounds)
  }
}

extension Double {
  fileprivate func clamped(to bounds: ClosedRange<Double>) -> Double {
    Swift.min(Swift.max(self, bounds.lowerBound), bounds.upperBound)
  }
}

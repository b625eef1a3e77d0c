import PlanModel

/// What the GUC experiments did, or why there were none.
public enum ExperimentSection: Sendable, Equatable {
  /// The variants that ran, baseline first.
  case done(ExperimentTable)
  /// None ran.
  case skipped(SkipReason)

  /// Why no variant ran.
  public enum SkipReason: Sendable, Equatable {
    /// The captured run took this many seconds, more than the limit.
    case overLimit(seconds: Double, limit: Double)
    /// The capture itself hit its time limit, in seconds.
    case captureTimedOut(limit: Double, experimentLimit: Double)
    /// `--no-experiments`.
    case turnedOff
    /// A pasted plan: no database.
    case offline
    /// The plan joins nothing, so there is no join method to vary.
    case noJoin
  }
}

/// The runs of one experiment, side by side.
public struct ExperimentTable: Sendable, Equatable {
  /// The baseline first.
  public var variants: [ExperimentVariant]
  /// Execution time of the captured run, in milliseconds: caches as they were found.
  public var capturedTime: Double?
  /// Milliseconds of the statement without per-node timing; the difference is EXPLAIN's own overhead.
  public var untimedExecution: Double?
  /// Variants that were not tried, each with its reason.
  public var untried: [String]

  /// A table of runs.
  public init(
    variants: [ExperimentVariant], capturedTime: Double?, untimedExecution: Double? = nil,
    untried: [String] = []
  ) {
    self.variants = variants
    self.capturedTime = capturedTime
    self.untimedExecution = untimedExecution
    self.untried = untried
  }

  /// The run with the server's own settings.
  public var baseline: ExperimentVariant? { variants.first }
}

/// One set of settings, and what came of it.
public struct ExperimentVariant: Sendable, Equatable {
  /// `Default`, `Merge Join Only`, …
  public var name: String
  /// What was set, in order, as name and value.
  public var settings: [PlanProperty]
  /// What came of it.
  public var outcome: Outcome

  /// What came of a variant.
  public enum Outcome: Sendable, Equatable {
    /// It ran: the plan of its better run.
    case completed(ExplainedPlan)
    /// It was stopped after this many milliseconds: slower than that.
    case slowerThan(milliseconds: Double)
    /// The server refused; its message verbatim.
    case failed(message: String)
  }

  /// A variant.
  public init(name: String, settings: [PlanProperty], outcome: Outcome) {
    self.name = name
    self.settings = settings
    self.outcome = outcome
  }

  /// The plan, where it ran to its end.
  public var plan: ExplainedPlan? {
    if case .completed(let plan) = outcome { plan } else { nil }
  }
}

import Catalog

/// Finds joins whose result is estimated wrongly though both inputs are estimated right.
///
/// ## Why it matters
/// The planner divides the pairs of rows by the number of distinct keys. Where a filter on one table picks just
/// the keys that are frequent (or rare) in the other, or where several keys depend on each other, that is wrong,
/// and everything above the join is planned for the wrong number of rows.
///
/// ## Formula
/// The join's estimate is reproduced from both sides' statistics (null_frac, n_distinct, common values, foreign
/// keys; `eqjoinsel`). It is the plan's own within 20%, and still off from what came; the error of the inputs is
/// less. Impact is the time of the plan's part that rested on the estimate.
///
/// ## Thresholds
/// Error of the estimate at least 5x (plan-math.md, bands); impact at least 5%.
///
/// ## Silent when
/// A table below has stale statistics (StaleStatistics), a key's number of distinct values is wrong
/// (WrongNDistinct), the estimate could not be reproduced, or nothing costly rested on it.
///
/// ## Remedies
/// Extended statistics do not help joins, and none are advised. The keys as constants, or the condition repeated
/// on the other table's own column, can be estimated: the statement has to change. Where a nested loop ran too
/// often, `enable_nestloop = off` for this statement is tried by an experiment.
///
/// ## Known limits
/// Which keys are frequent among the joined rows is not counted.
public struct JoinSelectivity: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "JoinSelectivity"

  /// The rule has no settings.
  public init() {}

  /// Looks at what is behind the costly misestimates.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    EstimateFindings<UnevenJoin>(query).outcome
  }
}

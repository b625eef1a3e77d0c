import Catalog

/// Finds conditions on values that are far more frequent, or rarer, than the column's statistics can show.
///
/// ## Why it matters
/// ANALYZE keeps the frequencies of the most common values, 100 by default. All others share what is left in
/// equal parts: right for the average value, and wrong for the one that a statement asks for when it comes
/// just behind the list.
///
/// ## Formula
/// The planner's share of a condition, reproduced from `pg_stats`, against the counted share of the rows. The
/// condition's column has statistics, they are not out of date (StaleStatistics) and their number of distinct
/// values is right (WrongNDistinct). Impact is the time of the plan's part that rested on the estimate.
///
/// ## Thresholds
/// - 2x between both shares (plan-math.md, "Skew")
/// - error of the estimate at least 5x (plan-math.md, bands); impact at least 5%
///
/// ## Silent when
/// The value is listed with its frequency, the share was not counted, the reproduced estimate is not the
/// plan's own within 20%, or nothing costly rested on it.
///
/// ## Remedies
/// A larger statistics target for the column: so large that the list reaches the value's rank by frequency
/// (counted, or at most 1 / its share), and that the sample of 300 rows for each entry has it at least 20 times;
/// never over 10,000. It writes, so it is not tried itself; where a nested loop ran too often, the experiment
/// without nested loops stands for the plan that it would lead to.
///
/// ## Known limits
/// A value that only a parameter brings is not seen here. What the list holds depends on ANALYZE's sample.
public struct Skew: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "Skew"

  /// The rule has no settings.
  public init() {}

  /// Looks at what is behind the costly misestimates.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    EstimateFindings<SkewedColumn>(query).outcome
  }
}

import Catalog

/// Finds columns whose number of distinct values the planner has wrong, where that misled the plan.
///
/// ## Why it matters
/// Joins, groups, and conditions on values that are not among the most common ones are estimated by dividing
/// by the number of distinct values. ANALYZE guesses that number from a sample, and for large tables whose
/// equal values lie close together it guesses far too few.
///
/// ## Formula
/// Distinct values that the planner reckons with (`pg_stats.n_distinct`, negative as a share of the rows)
/// against `count(DISTINCT column)`. The column must be what the wrong estimate divides by: the key of a join,
/// of a group, or of a condition. Impact is the time of the plan's part that rested on the estimate.
///
/// ## Thresholds
/// - 2x either way (plan-math.md, "n_distinct"): ANALYZE's own error is usually smaller
/// - error of the estimate at least 5x (plan-math.md, bands); impact at least 5%
///
/// ## Silent when
/// The number is right within 2x, was not counted, or the right number would not bring the estimate nearer.
/// Nothing costly rested on the estimate.
///
/// ## Remedies
/// `ALTER TABLE … ALTER COLUMN … SET (n_distinct = …)` and ANALYZE: a number, or a share of the rows where
/// they grow with the table. It writes, so it is not tried itself; where a nested loop ran too often, the
/// experiment without nested loops stands for the plan that it would lead to.
///
/// ## Known limits
/// The distinct values of a filtered part of the table may follow another rule than those of the whole.
public struct WrongNDistinct: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "WrongNDistinct"

  /// The rule has no settings.
  public init() {}

  /// Looks at what is behind the costly misestimates.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    EstimateFindings<WrongDistinct>(query).outcome
  }
}

import Catalog

/// Finds estimates that are guesses, because there are no statistics of what is tested, where that misled the plan.
///
/// ## Why it matters
/// For a function of a column, a comparison of two columns, a set-returning function or a CTE's columns the
/// planner has no statistics. It takes constants of its source: a third of the rows, a half, 0.5%, 1,000 rows.
///
/// ## Formula
/// The reproduced estimate rests on such a constant (`DEFAULT_EQ_SEL`, `DEFAULT_INEQ_SEL`, 200 assumed distinct
/// values, `pg_proc.prorows`), and the guessed share is what differs most from the counted one. A share that
/// cannot be counted apart is what the other conditions leave. Impact is the time of the plan's part that rested on it.
///
/// ## Thresholds
/// - 2x between the guessed and the counted share
/// - error of the estimate at least 5x (plan-math.md, bands); impact at least 5%
///
/// ## Silent when
/// The guess is right within 2x, another factor is further off, or nothing costly rested on the estimate.
///
/// ## Remedies
/// - an expression: `CREATE STATISTICS … ON (expression)`
/// - a boolean function, a comparison of two columns: the same for the whole condition, written as `(…) IS TRUE`
/// - a parameter of a generic plan: `plan_cache_mode = force_custom_plan`
/// - a set-returning function: `ALTER FUNCTION … ROWS`
/// - a CTE's columns: a statement that lets the planner look through
///
/// They write or change the statement, so they are not tried; where a nested loop ran too often, the experiment
/// without nested loops stands for the plan that they would lead to.
///
/// ## Known limits
/// Functions with a support function of their own (`generate_series`, PostGIS) tell the planner more than this knows.
public struct OpaqueEstimate: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "OpaqueEstimate"

  /// The rule has no settings.
  public init() {}

  /// Looks at what is behind the costly misestimates.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    EstimateFindings<OpaqueEstimateFault>(query).outcome
      .and(EstimateFindings<OpaqueRows>(query).outcome)
  }
}

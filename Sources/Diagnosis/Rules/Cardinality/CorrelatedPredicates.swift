import Catalog

/// Finds conditions on several columns of one table that are not independent, where that misled the plan.
///
/// ## Why it matters
/// The planner multiplies the selectivities of conditions as if the columns had nothing to do with each other.
/// For city and postal code, product and manufacturer, start and end, it expects far too few rows (or too many).
///
/// ## Formula
/// Counted in one pass over the table: joint count / (Π single shares × rows of the table). The single shares
/// must be what the planner's own estimate was made of: then its statistics are right, and independence alone
/// is wrong. For groups: combinations of the columns against the product of their distinct values as the
/// planner takes it. Impact is the time of the plan's part that rested on the estimate.
///
/// ## Thresholds
/// - over 3x either way (plan-math.md, "Predicate correlation"); two bounds of one column are one condition
/// - error of the estimate at least 5x (plan-math.md, bands); impact at least 5%
///
/// ## Silent when
/// The conditions are independent within 3x, were not counted, or the single shares are wrong themselves: then
/// the furthest one is the cause. Nothing costly rested on the estimate.
///
/// ## Remedies
/// `CREATE STATISTICS`, of the kind that serves: `mcv` where a list of the usual 100 combinations holds the one
/// asked for (its share is at least 1%, or there are no more combinations); `dependencies` for equalities of which
/// one follows from the other; a longer `mcv` list where that reaches; `ndistinct` for groups. Not both of the
/// first two: a list that does not hold the combination stands in the way of the dependency. It writes, so it is
/// not tried itself; where a nested loop ran too often, the experiment without nested loops stands for it.
///
/// ## Known limits
/// Extended statistics do not help joins. Ranges over columns of many values have too many combinations for a
/// list, and then nothing is advised here.
public struct CorrelatedPredicates: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "CorrelatedPredicates"

  /// The rule has no settings.
  public init() {}

  /// Looks at what is behind the costly misestimates.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    EstimateFindings<CorrelatedColumns>(query).outcome
  }
}

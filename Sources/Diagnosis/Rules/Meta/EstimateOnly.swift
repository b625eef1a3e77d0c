import Catalog
import PlanModel

/// Finds plans that were not run.
///
/// ## Why it matters
/// Without ANALYZE there are no rows and no times but the planner's estimates, and what is wrong is most often that
/// they are.
///
/// ## Formula
/// No node has actual figures. It costs nothing and ranks last.
///
/// ## Thresholds
/// None.
///
/// ## Silent when
/// Any node was run.
///
/// ## Remedies
/// None: shares are those of the estimated cost, and rules that rest on actual figures say that they could not look.
///
/// ## Known limits
/// Whether the statement can be run at all is not known.
public struct EstimateOnly: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "EstimateOnly"

  /// The rule has no settings.
  public init() {}

  /// Looks for actual figures.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    query.plan.isAnalyzed ? .examined([]) : .examined([finding])
  }

  private var finding: Finding {
    Finding(
      rule: Self.name, title: "The plan was not run: every figure is an estimate", blamedNodes: [0],
      impact: .none,
      observations: ["No node of the plan has actual rows or times."],
      cause: Cause(
        ["It was taken by EXPLAIN without ANALYZE."], basis: .inferredFromPlan,
        falsifier: "the plan shows actual figures"),
      noRemedy: "Take the plan with EXPLAIN (ANALYZE, VERBOSE, BUFFERS) where the statement may be run.",
      key: ProblemKey(Self.name, "root"))
  }
}

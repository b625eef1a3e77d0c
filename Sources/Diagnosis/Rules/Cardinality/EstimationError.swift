import Catalog
import PlanModel

/// Finds row estimates that are significantly wrong where they first go wrong, and that cost time.
///
/// ## Why it matters
/// The planner picks join methods, access paths and memory by its row estimates. One that is off by ten
/// misleads everything above it.
///
/// ## Formula
/// error = max(actual, 1) / max(estimated, 1), or its inverse. The lowest node at which the error appears
/// is its origin; the same error further up is inherited and not listed again. Impact is the time of the
/// part of the plan that rested on the estimate: the inner side of a nested loop that ran too often, a
/// hash that spilled, an access path meant for fewer rows, a full read that fewer rows did not need.
///
/// ## Thresholds
/// 5x is significant, 50x severe (plan-math.md, "Estimation error").
///
/// ## Silent when
/// Nothing in the plan rested on the estimate, or actual rows are not comparable with it: below a filled
/// LIMIT, in the inner side of a semi or anti join, in merge join inputs, in nodes that never ran.
///
/// ## Remedies
/// None of its own: the cause decides. Where the cause is proven (StaleStatistics), this finding is its
/// consequence; otherwise it says what was measured and that the cause is not verified.
///
/// ## Known limits
/// A join method that was chosen wrongly without any of the listed signs shows only in the GUC experiments.
public struct EstimationError: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "EstimationError"
  /// Error from which a row estimate is significant (plan-math.md, bands).
  static let leastError = 5.0

  /// The rule has no settings.
  public init() {}

  /// Looks at the origins of all significant errors.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    let costly = Misestimate.all(in: query).filter { !$0.costlyNodes.isEmpty }
    return .examined(costly.map { finding($0, in: query) })
  }

  private func finding(_ misestimate: Misestimate, in query: DiagnosticCase) -> Finding {
    let stale = misestimate.staleTable(in: query)
    return Finding(
      rule: Self.name, title: title(misestimate, in: query), blamedNodes: misestimate.costlyNodes,
      impact: query.impact(ofWallTimeOf: misestimate.costlyNodes),
      observations: [misestimate.consequence].compactMap { $0 },
      comparisons: [misestimate.comparison], measurements: measurements(misestimate),
      cause: cause(misestimate, stale: stale, in: query),
      noRemedy: "No statement is advised: the cause of the estimate is not verified.",
      explainedBy: stale.map { ProblemKey(StaleStatistics.name, $0.relation.name.label) },
      key: ProblemKey(Self.name, "\(misestimate.node)"))
  }

  private func measurements(_ misestimate: Misestimate) -> [Measurement] {
    [
      Measurement("rows that the planner expected", misestimate.estimated, source: "cost … rows"),
      Measurement("rows that there were", misestimate.actual, source: misestimate.source),
    ]
  }

  // MARK: Cause

  private func cause(_ misestimate: Misestimate, stale: StaleTable?, in query: DiagnosticCase) -> Cause {
    if let stale {
      return Cause(
        [stale.sentence], basis: .supportedByCatalog, falsifier: "the estimate stays as wrong after ANALYZE")
    }
    if let correlation = CorrelatedFilter(misestimate, in: query) {
      return Cause(
        correlation.sentences, basis: .supportedByCatalog,
        falsifier: "the planner's estimate differs from the product of the single selectivities")
    }
    return Cause(
      [
        "Statistics are present and fresh as far as they could be checked, so the cause of this estimate is not verified."
      ],
      basis: .unverified, falsifier: "the statistics of the table are stale after all",
      check: CheckQueries.statistics(of: misestimate.tables(in: query)).text)
  }

  // MARK: Words

  private func title(_ misestimate: Misestimate, in query: DiagnosticCase) -> String {
    let error = "\(Words.ratio(misestimate.error)) too \(misestimate.isUnderestimate ? "few" : "many") rows"
    return "The planner expected \(error) from \(query.label(of: misestimate.node))"
  }
}

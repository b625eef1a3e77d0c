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
/// 5x is significant, 50x severe (plan-math.md, "Estimation error"); impact at least 5%.
///
/// ## Silent when
/// Nothing in the plan rested on the estimate, or actual rows are not comparable with it: below a filled
/// LIMIT, in the inner side of a semi or anti join, in merge join inputs, in nodes that never ran.
///
/// ## Remedies
/// The cause decides. Where it is shown (StaleStatistics, CorrelatedPredicates, Skew, WrongNDistinct,
/// OpaqueEstimate, JoinSelectivity), this finding is its consequence; otherwise it says what was measured and that
/// the cause is not verified, and where a nested loop ran too often it advises the session's `enable_nestloop = off`,
/// which the experiments try.
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
    return .examined(query.diagnosedEstimates.compactMap { finding($0, in: query) })
  }

  private func finding(_ estimate: DiagnosedEstimate, in query: DiagnosticCase) -> Finding? {
    let misestimate = estimate.misestimate
    let impact = query.impact(of: misestimate)
    guard impact.share >= EstimateFindings<StaleTable>.leastShare else { return nil }
    let setting = estimate.fault == nil ? LoopSetting(misestimate, in: query)?.remedy(impact) : nil
    return Finding(
      rule: Self.name, title: title(misestimate, in: query), blamedNodes: misestimate.costlyNodes,
      impact: impact, observations: [misestimate.consequence].compactMap { $0 },
      comparisons: [misestimate.comparison], measurements: measurements(misestimate),
      cause: cause(estimate, in: query), remedies: [setting].compactMap { $0 },
      noRemedy: setting == nil ? "No statement is advised: the cause of the estimate is not verified." : nil,
      explainedBy: estimate.fault?.key,
      key: ProblemKey(Self.name, "\(misestimate.node)"))
  }

  private func measurements(_ misestimate: Misestimate) -> [Measurement] {
    [
      Measurement("rows that the planner expected", misestimate.estimated, source: "cost … rows"),
      Measurement("rows that there were", misestimate.actual, source: misestimate.source),
    ]
  }

  // MARK: Cause

  private func cause(_ estimate: DiagnosedEstimate, in query: DiagnosticCase) -> Cause {
    let label = query.label(of: estimate.misestimate.node)
    if let fault = estimate.fault {
      return Cause(fault.observations, basis: fault.basis, falsifier: fault.falsifier(label))
    }
    return Cause(
      estimate.arithmetic + [
        "Statistics are present and fresh as far as they could be checked, so the cause of this estimate is not verified."
      ],
      basis: .unverified, falsifier: "the statistics of the table are stale after all",
      check: CheckQueries.statistics(of: estimate.misestimate.tables(in: query)).text)
  }

  // MARK: Words

  private func title(_ misestimate: Misestimate, in query: DiagnosticCase) -> String {
    let error = "\(Words.ratio(misestimate.error)) too \(misestimate.isUnderestimate ? "few" : "many") rows"
    return "The planner expected \(error) from \(query.label(of: misestimate.node))"
  }
}

import Catalog
import PlanModel

/// Finds nested loops that ran their inner side far more often than planned, and took their time doing it.
///
/// ## Why it matters
/// A nested loop is the best join for a few outer rows. When many come, its inner side is repeated for each of
/// them: the plan degrades in proportion to the error of the estimate.
///
/// ## Formula
/// Amplification = actual outer rows / estimated outer rows. Expected inner time = time of one run × estimated
/// outer rows, actual = × actual outer rows. Impact is the inner side's time.
///
/// ## Thresholds
/// - outer side misestimated by at least 5x (plan-math.md, "Nested-loop amplification")
/// - inner side at least 20% of the execution (rules.md)
///
/// ## Silent when
/// The planner's own costs would keep the nested loop for the rows that came, or there is no equality by which
/// another join could work.
///
/// ## Remedies
/// The estimate: the cause is linked where it is shown, else the estimation error itself, which says what can be
/// tried. An index on the inner side (UnindexedInner) comes first where it saves more. The experiment `Hash Join
/// Only` measures what another join would have taken.
///
/// ## Known limits
/// An estimate that is not comparable, as below a LIMIT, counts as right.
public struct NestedLoopAmplification: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "NestedLoopAmplification"
  /// Share of the execution that the inner side must have taken.
  static let leastShare = 0.2

  /// The rule has no settings.
  public init() {}

  /// Looks at every nested loop whose outer side was underestimated.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    let loops = query.plan.nodes.indices.filter { query.plan.nodes[$0].type.isNestedLoop }
    return .examined(loops.compactMap { finding(for: $0, in: query) })
  }

  private func finding(for join: Int, in query: DiagnosticCase) -> Finding? {
    let inputs = query.inputs(of: join)
    guard inputs.count == 2, query.error(of: inputs[0]) >= EstimationError.leastError,
      query.rows(of: inputs[0]) > query.planRows(of: inputs[0]),
      !LoopAlternative(join: join, inner: inputs[1], in: query).keepsLoop
    else { return nil }
    let impact = query.impact(ofWallTimeOf: [inputs[1]])
    guard impact.share >= Self.leastShare else { return nil }
    return Finding(
      rule: Self.name, title: title(join, inputs[0], in: query), blamedNodes: [inputs[1]], impact: impact,
      observations: [observation(inputs, in: query)],
      comparisons: [
        Comparison("Outer rows", estimated: query.planRows(of: inputs[0]), actual: query.rows(of: inputs[0]))
      ],
      measurements: [
        Measurement("runs of the inner side", query.loops(of: inputs[1]), source: "actual loops"),
        Measurement(
          "time of the inner side", query.wall(of: inputs[1]), unit: "ms", source: "actual time × loops"),
      ], cause: cause(inputs, in: query),
      noRemedy: "Nothing is advised for the join itself: it is right for the rows that were expected.",
      explainedBy: key(of: inputs, in: query), key: ProblemKey(Self.name, "\(join)"))
  }

  /// The misestimate of the outer side, wherever it starts.
  private func key(of inputs: [Int], in query: DiagnosticCase) -> ProblemKey? {
    let starts = query.diagnosedEstimates.filter { estimate in
      estimate.misestimate.costlyNodes.contains(inputs[1])
        || query.steps(from: estimate.misestimate.node).contains { $0.child == inputs[0] }
        || estimate.misestimate.node == inputs[0]
    }
    return starts.max { $0.misestimate.error < $1.misestimate.error }?.key
  }

  // MARK: Words

  private func title(_ join: Int, _ outer: Int, in query: DiagnosticCase) -> String {
    let ratio = Words.ratio(query.rows(of: outer) / max(query.planRows(of: outer), 1))
    return "\(query.label(of: join)) ran its inner side \(ratio) as often as planned"
  }

  private func observation(_ inputs: [Int], in query: DiagnosticCase) -> String {
    let wall = query.wall(of: inputs[1])
    let planned = wall * max(query.planRows(of: inputs[0]), 1) / max(query.rows(of: inputs[0]), 1)
    return """
      \(query.label(of: inputs[1])) took \(Words.milliseconds(wall)) in \(Words.count(query.loops(of: inputs[1]))) \
      runs; for the \(Words.counted(query.planRows(of: inputs[0]), "outer row")) that were planned it would have \
      taken \(Words.milliseconds(planned)).
      """
  }

  private func cause(_ inputs: [Int], in query: DiagnosticCase) -> Cause {
    Cause(
      [
        """
        The planner expected \(Words.counted(query.planRows(of: inputs[0]), "row")) from \
        \(query.label(of: inputs[0])) and got \(Words.count(query.rows(of: inputs[0]))); by its own costs another \
        join would have been cheaper for so many.
        """
      ], basis: .inferredFromPlan,
      falsifier: "the experiment without nested loops is no faster")
  }
}

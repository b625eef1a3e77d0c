import Catalog
import PlanModel

/// Finds queries that spend their time compiling expressions instead of evaluating them.
///
/// ## Why it matters
/// Just-in-time compilation pays where the same expressions run over millions of rows. It is chosen by the
/// plan's estimated cost alone: a short query that was taken for a long one compiles for longer than it runs.
///
/// ## Formula
/// share = JIT's total time / processes / Execution Time. The total adds up the leader and its workers, which
/// compile at the same time, each for itself. It lies inside the nodes' times, not beside them.
///
/// ## Thresholds
/// More than 25% (rules.md).
///
/// ## Silent when
/// Nothing was compiled, or it took a quarter or less.
///
/// ## Remedies
/// `SET jit = off` for the session, tried as an experiment under the 30-second rule. jit_above_cost above this
/// plan's cost does the same for this query alone. Where the cost is too high because far more rows were
/// expected than came, the numbers say so.
///
/// ## Known limits
/// What compiled expressions saved is not known without the trial.
public struct JITDominates: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "JITDominates"
  /// Share of the execution that compiling must have taken.
  static let mostShare = 0.25
  /// PostgreSQL's default of jit_above_cost.
  private static let standardCost = 100_000.0

  /// The rule has no settings.
  public init() {}

  /// Looks at what was compiled.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    guard let jit = query.plan.jit, let compiling = jit.totalTime, let total = query.timings.totalTime,
      total > 0
    else { return .examined([]) }
    let processes = query.timings.nodes.map(\.processes).max() ?? 1
    let impact = Impact(milliseconds: min(compiling / processes, total), share: compiling / processes / total)
    guard impact.share > Self.mostShare else { return .examined([]) }
    return .examined([finding(jit, compiling: compiling, processes: processes, impact: impact, in: query)])
  }

  private func finding(
    _ jit: JITSummary, compiling: Double, processes: Double, impact: Impact, in query: DiagnosticCase
  ) -> Finding {
    let each = processes > 1 ? ", in \(Words.count(processes)) processes at a time" : ""
    return Finding(
      rule: Self.name, title: "Compiling took \(Words.percent(impact.share)) of the execution",
      blamedNodes: [],
      impact: impact,
      observations: [
        "JIT compiled \(Words.counted(jit.functions ?? 0, "function")) in \(Words.milliseconds(compiling))\(each)."
      ],
      measurements: [Measurement("compiling", compiling, unit: "ms", source: "JIT … Total")],
      cause: cause(in: query), remedies: remedies(impact: impact, in: query),
      key: ProblemKey(Self.name, "jit"))
  }

  // MARK: Words

  private func cause(in query: DiagnosticCase) -> Cause {
    let threshold = query.number(ofSetting: "jit_above_cost")
    let cost = query.plan.root.estimate?.totalCost ?? 0
    let rule = """
      The plan's estimated cost, \(Words.count(cost)), is over jit_above_cost\
      \(threshold.map { " (\(Words.count($0)))" } ?? ", whose value was not seen (its default is \(Words.count(Self.standardCost)))").
      """
    return Cause(
      [rule] + [overestimate(in: query), costlyFunction(in: query)].compactMap { $0 },
      basis: threshold == nil ? .inferredFromPlan : .supportedByCatalog,
      falsifier: "with jit = off the query takes as long",
      check: threshold == nil ? "SHOW jit_above_cost;" : nil)
  }

  /// The node whose rows were overestimated most, where that is significant.
  private func overestimate(in query: DiagnosticCase) -> String? {
    let worst = query.plan.nodes.indices.filter { query.planRows(of: $0) > query.rows(of: $0) }
      .max { query.error(of: $0) < query.error(of: $1) }
    guard let worst, query.error(of: worst) >= EstimationError.leastError else { return nil }
    return """
      The cost is too high: \(query.label(of: worst)) was expected to make \
      \(Words.counted(query.planRows(of: worst), "row")) and made \(Words.count(query.rows(of: worst))).
      """
  }

  /// A function that the planner takes for at least a hundred operators (a PL/pgSQL function's default).
  private func costlyFunction(in query: DiagnosticCase) -> String? {
    guard let function = query.evidence.functions.max(by: { $0.cost < $1.cost }), function.cost > 100 else {
      return nil
    }
    return
      "The planner counts \(Words.count(function.cost)) operators for each call of \(function.name.quoted)."
  }

  private func remedies(impact: Impact, in query: DiagnosticCase) -> [Remedy] {
    guard query.engine.settableSettings == nil else { return [] }
    return [
      Remedy(
        .set([SessionSetting("jit", "off")]),
        rationale: "Nothing is compiled; the expressions are interpreted.",
        caveats: [
          "Long queries of the same session may need it: jit_above_cost over \(Words.count(query.plan.root.estimate?.totalCost ?? 0)) spares this one alone."
        ],
        expectation: impact.expectation(from: "the time that JIT took; not tried"))
    ]
  }
}

import Catalog
import PlanModel
import SQLNames
import Statements

/// Finds sub-plans that are run again for every row of something else.
///
/// ## Why it matters
/// A sub-select that mentions a column of the query around it is run for each of its rows. A join reads the
/// same rows once, and the planner may choose how.
///
/// ## Formula
/// A SubPlan that ran at least 1,000 times, over all processes. Sub-plans of one node are one finding. Impact
/// is their wall time.
///
/// ## Thresholds
/// - 1,000 loops (rules.md): fewer cost little even where each is slow, and then its own scan is the finding
/// - impact at least 5%: from there on a finding is MODERATE (report.md, "Severity")
///
/// ## Silent when
/// The sub-plan is hashed, so that it runs once; runs a few times; takes less than 5%; or, by the planner's
/// cost model, its lookups together are cheaper than reading the tables once.
///
/// ## Remedies
/// The statement written with a join, in words with its own names: a correlated aggregate becomes a grouped
/// sub-query that is joined, EXISTS becomes a join on a unique key. Where the sub-plan reads a table in full
/// for want of an index, UnindexedInner advises the index, and this finding is its consequence.
///
/// ## Known limits
/// What the joined form will cost is not computed: the time given is what the sub-plans took.
public struct RepeatedSubPlan: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "RepeatedSubPlan"
  /// How often a sub-plan must have run.
  static let leastLoops = 1_000.0
  /// Share of the execution that must be at stake.
  static let leastShare = 0.05

  /// The rule has no settings.
  public init() {}

  /// Looks at every sub-plan that ran.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    let repeated = query.plan.nodes.indices.filter { node in
      guard case .subPlan = query.plan.nodes[node].relationship else { return false }
      return query.loops(of: node) >= Self.leastLoops
    }
    let groups = repeated.map { CorrelatedSubPlan(root: $0, in: query) }
      .filter { !$0.isCheaperThanReading(in: query) }.grouped(by: \.user)
    return .examined(groups.compactMap { finding($0, in: query) })
  }

  private func finding(_ subPlans: [CorrelatedSubPlan], in query: DiagnosticCase) -> Finding? {
    let roots = subPlans.map(\.root)
    let impact = query.impact(ofWallTimeOf: roots)
    guard impact.share >= Self.leastShare, let first = subPlans.first else { return nil }
    return Finding(
      rule: Self.name, title: title(subPlans, in: query), blamedNodes: roots, impact: impact,
      observations: subPlans.map { observation($0, in: query) },
      measurements: [
        Measurement("runs", subPlans.map { query.loops(of: $0.root) }.reduce(0, +), source: "loops"),
        Measurement("time of one run", first.timePerRun(in: query), unit: "ms", source: "actual time"),
      ],
      cause: Cause(
        [
          "Each run depends on a row of \(query.label(of: first.user)), so that it cannot be run once and kept."
        ], basis: .inferredFromPlan,
        falsifier: "the same values computed once and joined take as long"),
      remedies: remedies(subPlans, impact: impact, in: query),
      explainedBy: subPlans.lazy.compactMap { $0.missingIndex(in: query) }.first,
      key: ProblemKey(Self.name, "\(first.root)"))
  }

  // MARK: Words

  private func title(_ subPlans: [CorrelatedSubPlan], in query: DiagnosticCase) -> String {
    let runs = Words.count(subPlans.map { query.loops(of: $0.root) }.max() ?? 0)
    let tables = subPlans.flatMap { $0.tables(in: query) }.uniqued()
    let what = subPlans.count == 1 ? "A sub-select" : "\(subPlans.count) sub-selects"
    let each = subPlans.count == 1 ? "was run \(runs) times" : "were run up to \(runs) times each"
    return tables.isEmpty ? "\(what) \(each)" : "\(what) on \(Words.list(tables)) \(each)"
  }

  private func observation(_ subPlan: CorrelatedSubPlan, in query: DiagnosticCase) -> String {
    """
    \(subPlan.heading) of \(query.label(of: subPlan.user)) ran \(Words.count(query.loops(of: subPlan.root))) times, \
    \(Words.milliseconds(subPlan.timePerRun(in: query))) each: \(Words.milliseconds(query.wall(of: subPlan.root))).
    """
  }

  private func remedies(_ subPlans: [CorrelatedSubPlan], impact: Impact, in query: DiagnosticCase) -> [Remedy]
  {
    let advice = subPlans.map { $0.advice(in: query) }
    return [
      Remedy(
        .changeStatement(advice.map(\.sentence).uniqued().joined(separator: " ")),
        rationale: "The rows are then read once and joined, in whatever way the planner finds cheapest.",
        caveats: advice.flatMap(\.caveats).uniqued(),
        expectation: impact.expectation(
          from:
            "the time that the sub-plans took in the captured plan, what the join will take not deducted; not tried"
        ))
    ]
  }
}

import Catalog
import PlanModel

/// Finds joins that read a table in full because its join column has no index.
///
/// ## Why it matters
/// Without an index on the join key the rows that belong to one key can be found only by reading all of
/// them: once per outer row in a nested loop or sub-plan, or once in full for a hash or merge join that
/// needs few.
///
/// ## Formula
/// Repeated: a full scan, or a Materialize over one, that runs more than once below a nested loop's inner
/// side or a sub-plan, with an equality, an OR of equalities or a range that ties it to the outer row. Impact is
/// the inner side's wall time; where the nested loop itself tests each pair of rows, the own time of both. Read in
/// full: an input of a hash or merge join of which at most 25% of the rows find a partner, all partitions of a table
/// as one; impact is the own time of the scan, of the hash or sort that it fills, and of the join itself.
///
/// ## Thresholds
/// - 1,000 rows per loop, or in the table: fewer are a few pages
/// - impact at least 5%
/// - 25% joined: more wanted rows than that make a full scan the better plan
/// - the planner's cost model prefers the lookups by at least 20% (experiments.md)
///
/// ## Silent when
/// An index on the join column exists, the inner side is small, or most of its rows are joined.
///
/// ## Remedies
/// An index on the join column; for an OR one for each branch that has none; for a range one on the column that is
/// bounded from both sides, or as in `x BETWEEN first AND last` on both. Where the nested loop itself was chosen by a wrong estimate whose cause is
/// proven, this finding is its consequence.
///
/// ## Known limits
/// Joins on expressions are not proposed, nor tables of which a join reads several through one UNION ALL. How much
/// of an index a range leaves to go through is taken as the planner takes it, who does not know the bounds.
public struct UnindexedInner: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "UnindexedInner"
  /// Rows that one repetition must go through.
  static let leastRowsPerLoop = 1_000.0
  /// Share of the execution that must be at stake.
  static let leastShare = 0.05

  /// The rule has no settings.
  public init() {}

  /// Looks at every full scan below a join or sub-plan.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    let scans = query.plan.nodes.indices.filter(query.isFullRead)
    let inputs = scans.compactMap { JoinInput(scan: $0, in: query) }
    // Every partition of a table, or every branch of a UNION, may show the same missing index.
    let groups = inputs.grouped(by: \.proposalKey)
    return .examined(groups.compactMap { finding(for: $0, in: query) })
  }

  private func finding(for inputs: [JoinInput], in query: DiagnosticCase) -> Finding? {
    guard let worst = inputs.max(by: { $0.impact.share < $1.impact.share }),
      case .propose(let proposal, let benefit) = worst.verdict, worst.impact.share >= Self.leastShare
    else { return nil }
    let remedies = ([proposal] + benefit.beside).map { one in
      IndexRemedy(proposal: one, benefit: benefit, relation: worst.relation)
        .remedy(impact: worst.impact, rationale: worst.rationale)
    }
    return Finding(
      rule: Self.name, title: worst.title, blamedNodes: worst.blamedNodes, impact: worst.impact,
      observations: [worst.observation], comparisons: worst.comparisons, measurements: worst.measurements,
      cause: worst.cause, remedies: remedies, explainedBy: worst.explainedBy,
      key: ProblemKey(Self.name, worst.proposalKey))
  }
}

import Catalog
import PlanModel

/// Finds hashed aggregates whose groups did not fit in memory and that went to disk.
///
/// ## Why it matters
/// Once the memory is full, the rows of groups that are not in it are written to temporary files, and read
/// back and grouped in further passes.
///
/// ## Formula
/// A HashAggregate, for GROUP BY or DISTINCT, that printed a Disk Usage, in the leader or in any worker.
/// Impact is its own time. The memory that it needs follows from the groups and the width that the plan
/// shows: 96 bytes of table and headers for each group, and its data and half as much again. An aggregate that is
/// made in several steps is one finding.
///
/// ## Thresholds
/// - any disk use (plan-math.md, "Spill")
/// - impact at least 5%: from there on a finding is MODERATE (report.md, "Severity")
///
/// ## Silent when
/// The groups stayed in memory, the aggregate read sorted rows or never ran, or it took less than 5%.
///
/// ## Remedies
/// Where the groups were underestimated five times and more, the estimate is to be mended: this finding is
/// then its consequence. Otherwise `SET work_mem` to what the groups need, with hash_mem_multiplier counted
/// in, at most 1 GB over all nodes that spill and all processes. Tried as an experiment under the 30-second
/// rule, doubled until nothing is written. Where that brings less than three quarters of the impact, or is not
/// allowed, an index that has the rows in the order of the groups and all columns that are needed, if the planner's
/// cost model prefers it: groups are then taken as they come, without any memory.
///
/// ## Known limits
/// What an aggregate such as array_agg collects in each group is not in the plan's width: the trial shows it.
public struct AggregateSpill: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "AggregateSpill"
  /// Share of the execution that must be at stake.
  static let leastShare = 0.05

  /// The rule has no settings.
  public init() {}

  /// Looks at every aggregate that ran.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    let spilled = query.plan.nodes.indices.compactMap { SpilledAggregate(node: $0, in: query) }
    let steps = spilled.grouped { query.lastStep(ofAggregate: $0.node) }
    return .examined(steps.compactMap { finding($0, in: query) })
  }

  /// - Parameter steps: of one aggregate that is made in several, those that went to disk.
  private func finding(_ steps: [SpilledAggregate], in query: DiagnosticCase) -> Finding? {
    let nodes = steps.map(\.node)
    let impact = query.impact(ofOwnTimeOf: nodes)
    guard impact.share >= Self.leastShare, let first = steps.first,
      let need = steps.map(\.need).max(by: { $0.workMemKilobytes < $1.workMemKilobytes })
    else { return nil }
    let advice = MemoryAdvice(
      what: "aggregate", contents: "The groups",
      rationale: "With enough memory every group stays in the hash table.",
      otherwise: "group fewer or narrower rows", need: need, query: query)
    let order = GroupOrder(first.node, in: query)?.remedy(impact: impact, in: query)
    let memory = advice.remedies(
      impact: impact, source: "the aggregate's own time in the captured plan")
    return Finding(
      rule: Self.name,
      title:
        "\(query.label(of: first.node)) went to disk (\(Words.bytes(steps.map(\.diskBytes).max() ?? 0)))",
      blamedNodes: nodes, impact: impact, observations: steps.map { observation($0, in: query) },
      measurements: first.measurements, cause: advice.cause,
      remedies: memory.isEmpty ? [order].compactMap(\.self) : memory, fallback: order,
      noRemedy: order == nil ? advice.noRemedy : nil,
      explainedBy: steps.lazy.compactMap { query.underestimate(of: $0.node) }.first,
      key: ProblemKey(Self.name, "\(first.node)"))
  }

  private func observation(_ aggregate: SpilledAggregate, in query: DiagnosticCase) -> String {
    """
    \(query.label(of: aggregate.node)) made \(Words.counted(aggregate.groups, "group")) in \
    \(Words.count(aggregate.batches)) batches and wrote \(Words.bytes(aggregate.diskBytes)) to disk.
    """
  }
}

import Catalog
import PlanModel

/// Finds sorts that did not fit in `work_mem` and went to disk.
///
/// ## Why it matters
/// An external sort writes its rows to temporary files and reads them back.
///
/// ## Formula
/// A Sort whose method is on disk, in the leader or in any worker. Impact is the sort's own time. The
/// memory that the sort needs is computed from the rows and width that the plan shows: each row takes a
/// sort tuple of 24 bytes, a chunk header of 8 and a tuple of header (16) and data, rounded up to the
/// allocator's power of two, plus the doubling growth of the array.
///
/// ## Thresholds
/// Any disk use (plan-math.md, "Spill"); findings under 1% or 1 ms are only counted.
///
/// ## Silent when
/// The sort stayed in memory, or never ran.
///
/// ## Remedies
/// `SET work_mem` for the session to the size that the plan shows to be needed, at most 1 GB over all
/// nodes that spill and all processes. Tried as an experiment under the 30-second rule, doubled until the
/// spill is gone; then its measured times are the expected impact.
///
/// ## Known limits
/// An index that gives the order is proposed by other rules.
public struct SortSpill: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "SortSpill"

  /// The rule has no settings.
  public init() {}

  /// Looks at every sort that ran.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    return .examined(
      query.plan.nodes.indices.compactMap { SpilledSort(node: $0, in: query) }.map { finding($0, in: query) })
  }

  private func finding(_ sort: SpilledSort, in query: DiagnosticCase) -> Finding {
    let impact = query.impact(ofOwnTimeOf: [sort.node])
    let advice = advice(sort, in: query)
    return Finding(
      rule: Self.name, title: "\(query.label(of: sort.node)) went to disk (\(Words.bytes(sort.diskBytes)))",
      blamedNodes: [sort.node], impact: impact, observations: [observation(sort, in: query)],
      measurements: sort.measurements, cause: advice.cause,
      remedies: advice.remedies(impact: impact, source: "the sort's own time in the captured plan"),
      noRemedy: advice.noRemedy,
      key: ProblemKey(Self.name, "\(sort.node)"))
  }

  // MARK: Words

  private func observation(_ sort: SpilledSort, in query: DiagnosticCase) -> String {
    let perProcess = sort.processes > 1 ? " in each of \(Words.count(sort.processes)) processes" : ""
    return """
      \(query.label(of: sort.node)) by \(sort.keys) sorted \(Words.counted(sort.rows, "row")) with the method \
      \(sort.method) and wrote \(Words.bytes(sort.diskBytes)) to disk\(perProcess).
      """
  }

  private func advice(_ sort: SpilledSort, in query: DiagnosticCase) -> MemoryAdvice {
    MemoryAdvice(
      what: "sort", contents: "The rows", rationale: "With enough memory the rows are sorted without a file.",
      otherwise: "sort fewer or narrower rows", need: sort.need, query: query)
  }
}

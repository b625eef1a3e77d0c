import Catalog
import PlanModel

/// Finds hash joins whose build side did not fit in memory and was split into batches.
///
/// ## Why it matters
/// Of several batches only one is joined at a time: the rows of the others, of both inputs, are written to
/// temporary files and read back.
///
/// ## Formula
/// A Hash with more than one batch. Impact is the own time of the Hash and of its join; of the Hash alone
/// where the join has a filter besides its keys, which may be what takes the time. The memory that the table
/// needs follows from the rows and width that the plan shows: each row takes 32 bytes of headers, its data
/// rounded up to eight and its share of the buckets.
///
/// ## Thresholds
/// - any second batch (plan-math.md, "Spill")
/// - impact at least 5%: from there on a finding is MODERATE (report.md, "Severity")
///
/// ## Silent when
/// The table fitted in one batch, was never built, or its batches took less than 5%.
///
/// ## Remedies
/// Where the rows of the build side were underestimated five times and more, the estimate is to be mended:
/// this finding is then its consequence. Otherwise `SET work_mem` to what the rows need, with
/// hash_mem_multiplier counted in, at most 1 GB over all nodes that spill and all processes. Tried as an
/// experiment under the 30-second rule, doubled until one batch is enough.
///
/// ## Known limits
/// EXPLAIN does not print how much a hash join wrote. Rows with one key cannot be split: such a table grows
/// beyond work_mem instead of into batches.
public struct HashBatches: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "HashBatches"
  /// Share of the execution that must be at stake.
  static let leastShare = 0.05

  /// The rule has no settings.
  public init() {}

  /// Looks at every hash table that was built.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    let spilled = query.plan.nodes.indices.compactMap { SpilledHash(node: $0, in: query) }
    return .examined(spilled.compactMap { finding($0, in: query) })
  }

  private func finding(_ hash: SpilledHash, in query: DiagnosticCase) -> Finding? {
    let impact = query.impact(ofOwnTimeOf: hash.blamed(in: query))
    guard impact.share >= Self.leastShare else { return nil }
    let advice = MemoryAdvice(
      what: "hash table", contents: "The rows of the build side",
      rationale: "In one batch neither input of the join goes to disk.",
      otherwise: "hash fewer or narrower rows", need: hash.need, query: query)
    return Finding(
      rule: Self.name, title: title(hash, in: query), blamedNodes: hash.blamed(in: query), impact: impact,
      observations: [observation(hash, in: query)], measurements: hash.measurements, cause: advice.cause,
      remedies: advice.remedies(
        impact: impact, source: "the own time of the hash and its join in the captured plan"),
      noRemedy: advice.noRemedy, explainedBy: query.underestimate(of: hash.input),
      key: ProblemKey(Self.name, "\(hash.node)"))
  }

  // MARK: Words

  private func title(_ hash: SpilledHash, in query: DiagnosticCase) -> String {
    "\(query.label(of: hash.join)) went to disk: its hash table took \(Words.count(hash.batches)) batches"
  }

  private func observation(_ hash: SpilledHash, in query: DiagnosticCase) -> String {
    let planned = hash.plannedBatches.map { ", planned for \(Words.count($0))" } ?? ""
    return """
      The hash table of \(query.label(of: hash.input)), \(Words.counted(query.totalRows(of: hash.input), "row")), \
      was built in \(Words.count(hash.batches)) batches\(planned), the largest of \(Words.bytes(hash.batchBytes)).
      """
  }
}

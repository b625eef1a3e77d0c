import Catalog
import PlanModel

/// Finds runs that waited for storage most of the time.
///
/// ## Why it matters
/// A first run reads from disk what later runs find in memory. Tuning such a plan by its times blames whatever read
/// first.
///
/// ## Formula
/// I/O Timings of each node without its inputs, divided by the processes that shared them, at most the node's own
/// time. Impact is their sum. Where the server does not time I/O (`track_io_timing`), only experiments can tell: a
/// captured run that took more than twice as long as the warm baseline, and read more blocks.
///
/// ## Thresholds
/// - reading takes over 50% of the execution (plan-math.md, "read-dominated")
/// - or the captured run took over twice the warm one (rules.md)
///
/// ## Silent when
/// Reading took less, or a warm run was as slow: then the plan is what is slow.
///
/// ## Remedies
/// None: it is the cache, not the plan. A warm run shows what the plan itself costs.
///
/// ## Known limits
/// Blocks of the operating system's cache count as read.
public struct ColdReads: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "ColdReads"
  /// Share of the execution that reading must take (plan-math.md).
  static let leastShare = 0.5
  /// Times the warm run that the captured run must have taken (rules.md).
  static let leastTimesWarm = 2.0

  /// The rule has no settings.
  public init() {}

  /// Looks at the time that every node waited for blocks.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    guard let total = query.timings.totalTime, total > 0 else { return .examined([]) }
    let waits = query.plan.nodes.indices.map { min(Self.wait(of: $0, in: query), query.ownTime(of: $0)) }
    let sum = waits.reduce(0, +)
    guard sum > Self.leastShare * total else { return .examined([]) }
    let nodes = waits.indices.filter { waits[$0] > 0 }
    return .examined([
      Self.finding(
        nodes: nodes, Impact(milliseconds: sum, share: sum / total),
        observation:
          "Reading blocks took \(Words.milliseconds(sum)) of \(Words.milliseconds(total)), by the plan's I/O Timings.",
        basis: .inferredFromPlan, blocks: query.plan.root.buffers?.sharedReadBlocks ?? 0)
    ])
  }

  /// Milliseconds that a node itself waited for reads, on the wall.
  private static func wait(of node: Int, in query: DiagnosticCase) -> Double {
    func reads(_ node: Int) -> Double {
      let timings = query.plan.nodes[node].ioTimings
      return timings.map { $0.sharedRead + $0.localRead } ?? 0
    }
    let inputs = query.children[node].map(reads).reduce(0, +)
    return max(0, reads(node) - inputs) / max(query.processes(of: node), 1)
  }

  /// The finding, whichever way it was seen.
  static func finding(
    nodes: [Int], _ impact: Impact, observation: String, basis: Cause.Basis, blocks: Double
  ) -> Finding {
    let bytes = blocks * 8_192
    return Finding(
      rule: name, title: "The captured run waited for storage", blamedNodes: nodes, impact: impact,
      observations: [observation],
      measurements: blocks > 0
        ? [Measurement("blocks read", blocks, source: "Buffers: shared read")] : [],
      cause: Cause(
        [
          "\(bytes > 0 ? Words.bytes(bytes) + " were" : "Blocks were") not in shared buffers. It is the state of the cache at the time of the capture, not the plan."
        ], basis: basis, falsifier: "the same statement, run again at once, takes as long"),
      noRemedy: "Nothing is advised for the plan's sake: run it again and judge it by its warm times.",
      key: ProblemKey(name, "root"))
  }
}

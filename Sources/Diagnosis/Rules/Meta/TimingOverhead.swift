import Catalog
import PlanModel

/// Finds plans in which EXPLAIN's own clock takes much of the time.
///
/// ## Why it matters
/// EXPLAIN ANALYZE reads the clock before and after each call of a node. A node that does little but is called a
/// million times appears slower than it is, and the statement faster without EXPLAIN than with it.
///
/// ## Formula
/// (rows + 1) × loops calls of every node, each with two readings of at least 25 ns; divided by the processes that
/// shared them. It is a lower bound: a slow clock source takes a microsecond.
///
/// ## Thresholds
/// - a node of at least 100,000 loops
/// - all calls together at least 20% of the execution: less does not change what is slow (per-node timing cost 28% in one
///   measurement, experiments.md)
///
/// ## Silent when
/// Nodes have few loops, or the plan was taken with TIMING OFF.
///
/// ## Remedies
/// None: it is of the measurement. The real statement does not pay it.
///
/// ## Known limits
/// What a reading takes on the server is not known: `pg_test_timing` measures it.
public struct TimingOverhead: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "TimingOverhead"
  /// Loops of a node from which on it counts.
  static let leastLoops = 100_000.0
  /// Share of the execution that the clock must take at least.
  static let leastShare = 0.2
  /// Milliseconds of two readings of a fast clock (`pg_test_timing` on common hardware: 20 to 30 ns each).
  static let millisecondsPerCall = 0.000_05

  /// The rule has no settings.
  public init() {}

  /// Looks at every node with many loops.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    guard let total = query.timings.totalTime, total > 0 else { return .examined([]) }
    let nodes = query.plan.nodes.indices.filter { query.timings.nodes[$0].ownTime != nil }
    let sum = nodes.map { overhead(of: $0, query) }.reduce(0, +)
    guard nodes.contains(where: { query.loops(of: $0) >= Self.leastLoops }), sum >= Self.leastShare * total
    else {
      return .examined([])
    }
    return .examined([finding(nodes, min(sum, total), total: total, in: query)])
  }

  private func calls(of node: Int, _ query: DiagnosticCase) -> Double {
    query.totalRows(of: node) + query.loops(of: node)
  }

  private func overhead(of node: Int, _ query: DiagnosticCase) -> Double {
    calls(of: node, query) / max(query.processes(of: node), 1) * Self.millisecondsPerCall
  }

  private func finding(_ nodes: [Int], _ sum: Double, total: Double, in query: DiagnosticCase) -> Finding {
    let share = sum / total
    let repeated = nodes.count { query.loops(of: $0) >= Self.leastLoops }
    let calls = nodes.map { self.calls(of: $0, query) }.reduce(0, +)
    return Finding(
      rule: Self.name, title: "EXPLAIN's own clock took at least \(Words.percent(share)) of the execution",
      blamedNodes: nodes, impact: Impact(milliseconds: sum, share: share),
      observations: [
        "\(Words.counted(Double(repeated), "node")) of the plan ran at least \(Words.count(Self.leastLoops)) times each, and EXPLAIN read the clock twice for each of \(Words.about(calls)) calls."
      ], measurements: [Measurement("calls of nodes", calls, source: "(actual rows + 1) × loops")],
      cause: Cause(
        [
          "Two readings take at least 50 ns: \(Words.about(calls)) calls are \(Words.milliseconds(sum)) of the captured time, which the statement does not take without EXPLAIN."
        ],
        basis: .inferredFromPlan, falsifier: "with TIMING OFF the statement takes as long",
        check: "EXPLAIN (ANALYZE, TIMING OFF) of the statement"),
      noRemedy: "Nothing is wrong with the statement for this: take shares of these nodes with care.",
      key: ProblemKey(Self.name, "root"))
  }
}

import PlanModel

/// Holds the captured run against a warm one of the same plan: what a cold cache cost is no fault of the plan.
struct WarmRunTrial {
  private let captured: Double
  private let warm: Double
  private let capturedPlan: ExplainedPlan
  private let warmPlan: ExplainedPlan

  /// Blocks that a cold run must have read: 8 MB are read in a few milliseconds anywhere.
  private static let leastBlocks = 1_000.0
  /// Share of them that the warm run may read again: more, and the table does not fit the cache.
  private static let mostReadAgain = 0.5

  /// `nil` when no baseline was measured.
  init?(_ section: ExperimentSection, plan: ExplainedPlan) {
    guard case .done(let table) = section, let warmPlan = table.baseline?.plan,
      let warm = warmPlan.executionTime,
      let captured = table.capturedTime, warm > 0
    else { return nil }
    (self.captured, self.warm, capturedPlan, self.warmPlan) = (captured, warm, plan, warmPlan)
  }

  /// The findings with what the warm run shows: proven, added, or withdrawn.
  func applied(to findings: [Finding]) -> [Finding] {
    let others = findings.filter { $0.rule != ColdReads.name }
    let isCold =
      blocksRead(capturedPlan) >= Self.leastBlocks
      && blocksRead(warmPlan) <= Self.mostReadAgain * blocksRead(capturedPlan)
    guard captured > ColdReads.leastTimesWarm * warm, isCold else { return others }
    return others + [proven]
  }

  private var proven: Finding {
    let timings = PlanTimings(capturedPlan)
    let nodes = capturedPlan.nodes.indices.filter { readsItself($0) }
    let own = nodes.reduce(0) { $0 + (timings.nodes[$1].ownTime ?? 0) }
    let saved = min(captured - warm, own)
    return ColdReads.finding(
      nodes: nodes, Impact(milliseconds: saved, share: saved / captured),
      observation: """
        The captured run took \(Words.milliseconds(captured)) and read \
        \(Words.counted(blocksRead(capturedPlan), "block")); a warm run of the same statement took \
        \(Words.milliseconds(warm)) and read \(Words.count(blocksRead(warmPlan))).
        """, basis: .provenByTrial, blocks: blocksRead(capturedPlan))
  }

  private func readsItself(_ node: Int) -> Bool {
    let inputs = capturedPlan.nodes.indices.filter { capturedPlan.nodes[$0].parent == node }
    return blocks(node) > inputs.map(blocks).reduce(0, +)
  }

  private func blocks(_ node: Int) -> Double { capturedPlan.nodes[node].buffers?.sharedReadBlocks ?? 0 }

  private func blocksRead(_ plan: ExplainedPlan) -> Double { plan.root.buffers?.sharedReadBlocks ?? 0 }
}

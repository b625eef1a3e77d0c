/// Where the time of a plan went, computed once from what EXPLAIN ANALYZE printed.
///
/// The own times of all nodes add up to the root's duration within the rounding of the printed times.
/// Linear in the plan, but for an InitPlan that no node mentions: then every node in its reach may have run it.
public struct PlanTimings: Sendable, Equatable {
  /// One value per node of the plan, in its order.
  public let nodes: [NodeTiming]
  /// The root's duration in milliseconds; `nil` without ANALYZE or with `TIMING OFF`.
  public let rootDuration: Double?
  /// What shares refer to: Execution Time, or the root's duration where that was not printed.
  public let totalTime: Double?
  /// Time of data-modifying CTEs that nothing reads, or not to their end: they run after the root has finished.
  public let timeAfterRoot: Double

  /// Computes the times of `plan`.
  public init(_ plan: ExplainedPlan) {
    let work = ParallelWork(plan)
    let wall = WallContributions(plan, work)
    let own = OwnTimes(plan, work, wall)
    let rootDuration = wall.isTimed[0] ? wall.milliseconds[0] : nil
    let total = plan.executionTime ?? rootDuration
    self.rootDuration = rootDuration
    self.totalTime = total
    self.timeAfterRoot = own.unpaid
    self.nodes = plan.nodes.indices.map { index in
      Self.timing(of: index, in: plan, work, wall, own, total: total)
    }
  }

  /// Own times of all nodes as part of the root's duration: 1 where everything is explained.
  public var accountedFor: Double? {
    guard let rootDuration else { return nil }
    // Too short for the clock's three digits: there is nothing to explain.
    guard rootDuration > 0 else { return 1 }
    let sum = nodes.reduce(0) { $0 + ($1.ownTime ?? 0) }
    return (sum - timeAfterRoot) / rootDuration
  }

  /// Execution Time without the root's duration: start-up, shutdown, triggers. `nil` where either was not printed.
  public var remainder: Double? {
    guard let rootDuration, let totalTime else { return nil }
    return max(0, totalTime - rootDuration)
  }

  private static func timing(
    of index: Int, in plan: ExplainedPlan, _ work: ParallelWork, _ wall: WallContributions,
    _ own: OwnTimes, total: Double?
  ) -> NodeTiming {
    let isTimed = wall.isTimed[index]
    let contribution = isTimed ? wall.milliseconds[index] : nil
    let ownTime = isTimed ? own.milliseconds[index] : nil
    let share: (Double?) -> Double? = { part in
      guard let part, let total, total > 0 else { return nil }
      return min(1, part / total)
    }
    return NodeTiming(
      nodeDuration: isTimed ? wall.durations[index] : nil, wallContribution: contribution,
      ownTime: ownTime, share: share(contribution), ownShare: share(ownTime),
      uncertainty: wall.uncertainties[index], processes: work.processes(at: index),
      ranIn: work.ranIn(index), certainty: certainty(of: index, work, wall, own),
      isNeverExecuted: plan.nodes[index].actual == .neverExecuted,
      standIn: isTimed ? nil : wall.timedAncestors[index],
      chargedSubplans: own.charged[index])
  }

  /// A rounding error is worth a word from this part of the whole on.
  private static let coarseShare = 0.01

  private static func certainty(
    of index: Int, _ work: ParallelWork, _ wall: WallContributions, _ own: OwnTimes
  ) -> Certainty {
    guard wall.isTimed[index] else { return .unknowable }
    let tolerance = own.tolerances[index]
    if tolerance >= own.milliseconds[index], tolerance > coarseShare * wall.milliseconds[0] {
      return .unknowable
    }
    let isAveraged = work.isAveraged(index) && wall.milliseconds[index] > 0
    return isAveraged || own.isChosen[index] ? .inferred : .exact
  }
}

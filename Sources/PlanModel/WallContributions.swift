/// Per node the part of the time that passed on the wall, in milliseconds over all loops.
struct WallContributions {
  /// 0 where no time was printed.
  private(set) var milliseconds: [Double]
  /// Time per loop × loops, 0 where no time was printed.
  private(set) var durations: [Double]
  /// Whether a time is known; a node that was never executed took 0.
  private(set) var isTimed: [Bool]
  /// The nearest ancestor whose time is known.
  let timedAncestors: [Int?]
  /// Half the last printed decimal, over all loops.
  private(set) var uncertainties: [Double]

  /// Times are printed per loop and with three decimals.
  private static let halfOfLastDecimal = 0.0005

  init(_ plan: ExplainedPlan, _ work: ParallelWork) {
    milliseconds = Array(repeating: 0, count: plan.nodes.count)
    durations = milliseconds
    uncertainties = milliseconds
    isTimed = plan.nodes.indices.map { plan.nodes[$0].actual.isTimed }
    timedAncestors = Self.timedAncestors(plan, isTimed)
    var divisors = plan.nodes.indices.map(work.processes(at:))
    let sharedBitmaps = plan.sharedBitmaps()
    for index in plan.nodes.indices where isTimed[index] {
      guard let figures = plan.nodes[index].actual.figures, let time = figures.totalTime else { continue }
      durations[index] = time * figures.loops
      divisors[index] = divisor(of: index, in: plan, divisors, isSharedBitmap: sharedBitmaps[index])
      milliseconds[index] = durations[index] / divisors[index]
      uncertainties[index] = Self.halfOfLastDecimal * figures.loops / divisors[index]
    }
  }

  private static func timedAncestors(_ plan: ExplainedPlan, _ isTimed: [Bool]) -> [Int?] {
    var nearest = [Int?](repeating: nil, count: plan.nodes.count)
    for index in plan.nodes.indices {
      guard let parent = plan.nodes[index].parent else { continue }
      nearest[index] = isTimed[parent] ? parent : nearest[parent]
    }
    return nearest
  }

  /// By what the duration of a node is divided; ancestors are computed already.
  private func divisor(
    of index: Int, in plan: ExplainedPlan, _ divisors: [Double], isSharedBitmap: Bool
  ) -> Double {
    guard let parent = plan.nodes[index].parent else { return 1 }
    if plan.nodes[parent].type.isGather, plan.nodes[index].relationship.isMember {
      return max(divisors[index], overlap(of: index, with: parent))
    }
    if isSharedBitmap, !plan.nodes[parent].type.isBitmapBuilder {
      // One process builds the bitmap while the others wait: its time is nobody else's.
      return max(1, overlap(of: index, with: parent))
    }
    return divisors[parent]
  }

  /// The divisor that makes a node take as long as its parent.
  ///
  /// Workers go on while the leader is busy above the Gather, and processes that start late wait less
  /// for a bitmap. Then an average is longer than the time that the parent took, and counts as that.
  private func overlap(of index: Int, with parent: Int) -> Double {
    milliseconds[parent] > 0 ? durations[index] / milliseconds[parent] : 1
  }
}

extension ActualExecution {
  /// Whether the time is known that the node took.
  fileprivate var isTimed: Bool {
    switch self {
    case .notReported: false
    case .neverExecuted: true
    case .executed(let figures): figures.totalTime?.isFinite == true && figures.loops.isFinite
    }
  }
}

extension ExplainedPlan {
  /// Per node whether it is part of the bitmap that a parallel heap scan's processes share.
  fileprivate func sharedBitmaps() -> [Bool] {
    var isShared = [Bool](repeating: false, count: nodes.count)
    for index in nodes.indices where nodes[index].type.isBitmapBuilder {
      guard let parent = nodes[index].parent else { continue }
      isShared[index] =
        nodes[parent].type.isBitmapBuilder ? isShared[parent] : nodes[parent].type.isParallelAware
    }
    return isShared
  }
}

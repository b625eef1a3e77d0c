/// Whether a node's actual rows can be held against its estimate, and if not, why.
public enum EstimateComparability: Sendable, Equatable {
  /// The node ran to its end, and its rows are known.
  case comparable
  /// The figures say nothing about the estimate.
  case notComparable(Reason)

  /// Why actual rows say nothing about an estimate.
  public enum Reason: Sendable, Equatable {
    /// No ANALYZE.
    case notAnalyzed
    /// `COSTS OFF`.
    case noEstimate
    /// `(never executed)`.
    case neverExecuted
    /// The Limit with that index had its rows and stopped what is below it.
    case stoppedByLimit(Int)
    /// The join with that index stops its inner side at the first match.
    case stoppedAtFirstMatch(Int)
    /// The merge join with that index stops one input when the other ends, and reads inner rows again.
    case mergeJoinInput(Int)
    /// A sub-plan that was perhaps only asked whether there is a row.
    case stoppedSubplan(Int)
    /// BitmapAnd and BitmapOr report 0 rows by design.
    case bitmapCombination
    /// An average over many loops, rounded to 0 or 1 (up to release 17).
    case roundedAverage
  }
}

extension ExplainedPlan {
  /// For every node whether its actual rows can be held against its estimate.
  public func estimateComparability() -> [EstimateComparability] {
    let stops = EarlyStops(self)
    let work = ParallelWork(self)
    return nodes.indices.map { index in
      reason(at: index, stops, work).map(EstimateComparability.notComparable) ?? .comparable
    }
  }

  /// For every node its estimation error; `nil` where the figures say nothing about the estimate.
  ///
  /// - Parameter comparability: what ``estimateComparability()`` returned, where that is at hand.
  public func estimationErrors(_ comparability: [EstimateComparability]? = nil) -> [EstimationError?] {
    (comparability ?? estimateComparability()).enumerated().map { index, comparability in
      guard comparability == .comparable, let estimate = nodes[index].estimate,
        let figures = nodes[index].actual.figures
      else { return nil }
      return EstimationError(planRows: estimate.planRows, rows: figures.rows)
    }
  }

  private func reason(
    at index: Int, _ stops: EarlyStops, _ work: ParallelWork
  ) -> EstimateComparability.Reason? {
    guard let estimate = nodes[index].estimate else { return .noEstimate }
    switch nodes[index].actual {
    case .notReported: return .notAnalyzed
    case .neverExecuted: return .neverExecuted
    case .executed(let figures):
      if nodes[index].type.isBitmapCombination { return .bitmapCombination }
      if let stop = stops.reasons[index], !stops.exceeds(stop, figures, estimate, in: self) { return stop }
      let runs = figures.loops / work.processes(at: index)
      return runs > 1 && figures.rows <= 1 && !figures.hasFractionalRows ? .roundedAverage : nil
    }
  }
}

/// A figure of two plans, or of two nodes that do the same work.
public struct FigureChange: Sendable, Equatable {
  /// What is measured.
  public var figure: Figure
  /// Whose figure it is; `nil` for the whole plan's.
  public var nodes: PlanComparison.Pair?
  /// In the first plan; `nil` where it was not printed or the node was never executed.
  public var before: Double?
  /// In the second plan; `nil` where it was not printed or the node was never executed.
  public var after: Double?

  /// What is measured.
  public enum Figure: Sendable, Equatable, CaseIterable {
    /// Milliseconds.
    case planningTime
    /// Milliseconds.
    case executionTime
    /// Node Duration of the topmost node that both plans have, in milliseconds.
    case topDuration
    /// In the planner's units, of the topmost node.
    case totalCost
    /// Rows per loop.
    case estimatedRows
    /// Rows over all loops.
    case actualRows
    /// Milliseconds on the wall, over all loops, without what stands below.
    case ownTime
    /// Pages found in shared buffers, over all loops, what stands below included.
    case sharedHit
    /// Pages read into shared buffers, over all loops, what stands below included.
    case sharedRead
    /// Pages of temporary files read and written.
    case temporary
    /// Milliseconds of reading and writing pages, with `track_io_timing`.
    case ioTime
    /// Milliseconds of compilation.
    case jit
    /// Parallel workers that were started, over all Gathers.
    case workersLaunched
    /// Aurora DSQL's processing units in all.
    case dpu
  }

  /// The larger by the smaller; `nil` where one is missing or 0.
  public var factor: Double? {
    guard let before, let after, before > 0, after > 0 else { return nil }
    return max(before, after) / min(before, after)
  }

  /// How far the figures are apart; `nil` where one is missing.
  public var distance: Double? {
    guard let before, let after else { return nil }
    return (after - before).magnitude
  }
}

/// Compares the figures of two plans.
struct FigureComparison {
  /// Figures of the whole plans that both print.
  private(set) var totals: [FigureChange] = []
  /// Figures of nodes that differ.
  private(set) var changes: [FigureChange] = []
  /// Pairs whose estimates are not for one loop of the same work.
  private(set) var estimatesPerLoop = 0

  private let before: Side
  private let after: Side
  private let pairs: [PlanComparison.Pair]

  private struct Side {
    var plan: ExplainedPlan
    var timings: PlanTimings
    var units: [EstimateUnit]

    init(_ plan: ExplainedPlan) {
      self.plan = plan
      timings = PlanTimings(plan)
      units = EstimateUnit.all(plan)
    }
  }

  /// - Parameter isWholeStatement: Execution Time is that of the nodes that are compared.
  init(
    _ first: ExplainedPlan, _ second: ExplainedPlan, _ pairs: [PlanComparison.Pair], isWholeStatement: Bool
  ) {
    (before, after) = (Side(first), Side(second))
    self.pairs = pairs
    let figures = FigureChange.Figure.allCases.filter { isWholeStatement || $0 != .executionTime }
    totals = figures.compactMap(total)
    for figure in [FigureChange.Figure.estimatedRows, .actualRows, .ownTime, .sharedHit, .sharedRead] {
      changes += pairs.compactMap { change(figure, of: $0) }
    }
    estimatesPerLoop = pairs.count { hasEstimates($0) && !areOfOneUnit($0) }
  }

  // MARK: Whole plans

  private func total(_ figure: FigureChange.Figure) -> FigureChange? {
    guard let own = Self.total(figure, before), let other = Self.total(figure, after) else { return nil }
    return FigureChange(figure: figure, nodes: nil, before: own, after: other)
  }

  private static func total(_ figure: FigureChange.Figure, _ side: Side) -> Double? {
    let (plan, root) = (side.plan, side.plan.root)
    return switch figure {
    case .planningTime: plan.planningTime
    case .executionTime: plan.executionTime
    case .topDuration: side.timings.rootDuration
    case .totalCost: root.estimate?.totalCost
    case .estimatedRows: root.estimate?.planRows
    case .actualRows: root.rowsTotal
    case .ownTime: nil
    case .sharedHit: buffers(plan).map(\.sharedHitBlocks)
    case .sharedRead: buffers(plan).map(\.sharedReadBlocks)
    case .temporary: buffers(plan).map { $0.tempReadBlocks + $0.tempWrittenBlocks }
    case .ioTime: root.ioTimings?.total
    case .jit: plan.jit?.totalTime ?? (plan.jit == nil && plan.executionTime != nil ? 0 : nil)
    case .workersLaunched: workers(plan)
    case .dpu: plan.dpu?.total
    }
  }

  /// TEXT prints no line for a node that touched no block.
  private static func buffers(_ plan: ExplainedPlan) -> BufferUsage? {
    plan.root.buffers ?? (plan.nodes.contains { $0.buffers != nil } ? BufferUsage() : nil)
  }

  private static func workers(_ plan: ExplainedPlan) -> Double? {
    plan.isAnalyzed ? plan.nodes.compactMap { $0.number(.workersLaunched) }.reduce(0, +) : nil
  }

  // MARK: Nodes

  private func change(_ figure: FigureChange.Figure, of pair: PlanComparison.Pair) -> FigureChange? {
    let (own, other) = (before.plan.nodes[pair.before], after.plan.nodes[pair.after])
    let values: (before: Double?, after: Double?)?
    switch figure {
    case .estimatedRows:
      values = areOfOneUnit(pair) ? Self.both(own.estimate?.planRows, other.estimate?.planRows) : nil
    case .actualRows: values = Self.rows(own.actual, other.actual)
    case .ownTime:
      values = Self.both(
        before.timings.nodes[pair.before].ownTime, after.timings.nodes[pair.after].ownTime)
    case .sharedHit: values = blocks(own, other, \.sharedHitBlocks)
    case .sharedRead: values = blocks(own, other, \.sharedReadBlocks)
    default: values = nil
    }
    guard let values, values.before != values.after else { return nil }
    return FigureChange(figure: figure, nodes: pair, before: values.before, after: values.after)
  }

  private static func both(_ before: Double?, _ after: Double?) -> (before: Double?, after: Double?)? {
    guard let before, let after else { return nil }
    return (before, after)
  }

  /// Averages over many loops are rounded: totals that may be one are no difference.
  private static func rows(
    _ before: ActualExecution, _ after: ActualExecution
  ) -> (before: Double?, after: Double?)? {
    switch (before, after) {
    case (.executed(let own), .executed(let other)):
      let isOne = (own.totalRows - other.totalRows).magnitude <= own.uncertainty + other.uncertainty
      return isOne ? nil : (own.totalRows, other.totalRows)
    case (.neverExecuted, .executed(let other)): return (nil, other.totalRows)
    case (.executed(let own), .neverExecuted): return (own.totalRows, nil)
    default: return nil
    }
  }

  /// Of scans only: further up they are those of what stands below.
  private func blocks(
    _ own: PlanNode, _ other: PlanNode, _ count: KeyPath<BufferUsage, Double>
  ) -> (before: Double?, after: Double?)? {
    guard own.relation != nil, own.actual.figures != nil, other.actual.figures != nil,
      Self.buffers(before.plan) != nil, Self.buffers(after.plan) != nil
    else { return nil }
    return ((own.buffers ?? BufferUsage())[keyPath: count], (other.buffers ?? BufferUsage())[keyPath: count])
  }

  // MARK: Estimates

  private func hasEstimates(_ pair: PlanComparison.Pair) -> Bool {
    before.plan.nodes[pair.before].estimate != nil && after.plan.nodes[pair.after].estimate != nil
  }

  private func areOfOneUnit(_ pair: PlanComparison.Pair) -> Bool {
    before.units[pair.before] == after.units[pair.after]
  }
}

/// What a node's estimate counts: rows of one process of so many, and of one loop.
private struct EstimateUnit: Equatable {
  /// `Workers Planned` of the Gather above.
  var workers = 0.0
  /// Runs once for each row of another input.
  var isRepeated = false

  static func all(_ plan: ExplainedPlan) -> [EstimateUnit] {
    var inputs = [Int](repeating: 0, count: plan.nodes.count)
    var units: [EstimateUnit] = []
    for node in plan.nodes {
      guard let parent = node.parent else {
        units.append(EstimateUnit())
        continue
      }
      if node.relationship == .member { inputs[parent] += 1 }
      units.append(units[parent].below(plan.nodes[parent], node, isSecond: inputs[parent] == 2))
    }
    return units
  }

  private func below(_ parent: PlanNode, _ node: PlanNode, isSecond: Bool) -> EstimateUnit {
    var unit = self
    switch node.relationship {
    case .initPlan, .cte: return EstimateUnit()
    case .subPlan: unit.isRepeated = true
    case .member:
      if parent.type.isGather { unit.workers = parent.number(.workersPlanned) ?? 0 }
      if parent.type.isNestedLoop, isSecond { unit.isRepeated = true }
    }
    return unit
  }
}

extension ActualFigures {
  /// How far ``totalRows`` may be off because rows per loop are rounded.
  fileprivate var uncertainty: Double {
    loops > 1 ? loops * (hasFractionalRows ? 0.005 : 0.5) : 0
  }
}

/// Everything that one EXPLAIN printed: the tree and what stands below it.
///
/// Holds what the server wrote and nothing that was derived from it; derived numbers are computed
/// (see ``PlanTimings``), so a printed value is never overwritten.
public struct ExplainedPlan: Sendable, Equatable {
  /// The tree in preorder; the root is first, and a node's parent always stands before it.
  public var nodes: [PlanNode]
  /// `Planning Time`, in milliseconds.
  public var planningTime: Double?
  /// `Execution Time`, in milliseconds; `nil` without ANALYZE or with `SUMMARY OFF`.
  public var executionTime: Double?
  /// `Query Identifier`: an integer on PostgreSQL (needs `compute_query_id`), 13 characters on Aurora DSQL.
  public var queryIdentifier: String?
  /// `Statement DPU Estimate`; only Aurora DSQL prints it.
  public var dpu: DPUEstimate?
  /// The `JIT` block; `nil` when nothing was compiled.
  public var jit: JITSummary?
  /// `Settings`: planner settings that differ from the built-in default, in printed order.
  public var settings: [PlanProperty]
  /// Buffers that planning itself used.
  public var planningBuffers: BufferUsage?
  /// Time that planning spent reading and writing blocks.
  public var planningIOTimings: IOTimings?
  /// `Trigger …` lines.
  public var triggers: [TriggerExecution]
  /// Lines below the tree that this version does not know, verbatim.
  public var otherTrailers: [PlanProperty]

  /// An explained plan; all but the tree is optional because EXPLAIN's options leave it out.
  public init(
    nodes: [PlanNode], planningTime: Double? = nil, executionTime: Double? = nil,
    queryIdentifier: String? = nil, dpu: DPUEstimate? = nil, jit: JITSummary? = nil,
    settings: [PlanProperty] = [], planningBuffers: BufferUsage? = nil,
    planningIOTimings: IOTimings? = nil, triggers: [TriggerExecution] = [], otherTrailers: [PlanProperty] = []
  ) {
    self.nodes = nodes
    self.planningTime = planningTime
    self.executionTime = executionTime
    self.queryIdentifier = queryIdentifier
    self.dpu = dpu
    self.jit = jit
    self.settings = settings
    self.planningBuffers = planningBuffers
    self.planningIOTimings = planningIOTimings
    self.triggers = triggers
    self.otherTrailers = otherTrailers
  }

  /// The outermost node. A plan always has one; readers refuse text without.
  public var root: PlanNode { nodes[0] }

  /// Whether the statement was run: some node has actual figures, or says that it was never executed.
  public var isAnalyzed: Bool { nodes.indices.contains { nodes[$0].actual != .notReported } }

  /// For every node its children's indices, in printed order.
  public func childrenByNode() -> [[Int]] {
    var children = [[Int]](repeating: [], count: nodes.count)
    for index in nodes.indices {
      if let parent = nodes[index].parent { children[parent].append(index) }
    }
    return children
  }

  /// The nodes above `index`, nearest first.
  public func ancestors(of index: Int) -> [Int] {
    Array(sequence(first: index) { nodes[$0].parent }.dropFirst())
  }

  /// The nodes below `index` and itself: in preorder they are neighbours.
  public func subtree(of index: Int) -> Range<Int> {
    var end = index + 1
    while end < nodes.count, let parent = nodes[end].parent, parent >= index { end += 1 }
    return index..<end
  }
}

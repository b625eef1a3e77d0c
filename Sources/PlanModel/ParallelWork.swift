/// How many processes shared the work at each place of a plan.
///
/// Below a Gather all nodes count alike: loops of the Gather's direct child / loops of the Gather. A node's
/// own loops say nothing: a process that found no work left never started it, and an inner side runs
/// once for each outer row.
struct ParallelWork {
  /// Per node: 1 outside a Gather.
  let processes: [Double]
  /// Per node: whether a Gather stands above it. What a Gather evaluates before it starts workers does not count.
  let isBelowGather: [Bool]

  init(_ plan: ExplainedPlan) {
    var processes = [Double](repeating: 1, count: plan.nodes.count)
    var isBelowGather = [Bool](repeating: false, count: plan.nodes.count)
    for (index, node) in plan.nodes.enumerated() {
      guard let parent = node.parent else { continue }
      let gather = plan.nodes[parent]
      if gather.type.isGather, node.relationship == .member {
        processes[index] = Self.processes(of: node, below: gather)
        isBelowGather[index] = true
      } else {
        processes[index] = processes[parent]
        isBelowGather[index] = isBelowGather[parent]
      }
    }
    self.processes = processes
    self.isBelowGather = isBelowGather
  }

  private static func processes(of child: PlanNode, below gather: PlanNode) -> Double {
    guard let child = child.actual.figures, let gather = gather.actual.figures, gather.loops > 0 else {
      return 1
    }
    return max(1, child.loops / gather.loops)
  }
}

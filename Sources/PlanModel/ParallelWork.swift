/// How many processes shared the work at each place of a plan, and how many of them ran each node.
///
/// Below a Gather all nodes count alike: loops of the Gather's direct child / loops of the Gather. A node's
/// own loops do not tell that number: a process that found no work left never started it, and an inner side
/// runs once for each outer row.
struct ParallelWork {
  private let plan: ExplainedPlan
  /// Per node; none in a plan without a Gather, as most are.
  private let places: [Place]

  init(_ plan: ExplainedPlan) {
    self.plan = plan
    places = plan.nodes.indices.contains { plan.nodes[$0].type.isGather } ? Self.places(plan) : []
  }

  /// Processes that shared the work at a node: 1 outside a Gather.
  func processes(at node: Int) -> Double { place(of: node).processes }

  /// Whether a node's times are summed over processes and nothing tells what each of them took.
  func isAveraged(_ node: Int) -> Bool { processes(at: node) > 1 && !place(of: node).isItemized }

  /// The processes that ran a node; `nil` where the plan does not tell.
  func ranIn(_ node: Int) -> Double? {
    guard let figures = plan.nodes[node].actual.figures else {
      return plan.nodes[node].actual == .neverExecuted ? 0 : nil
    }
    let place = place(of: node)
    guard place.processes > 1 else { return 1 }
    if place.isItemized { return Self.itemized(plan.nodes[node].workers, loops: figures.loops) }
    if place.isRepeated { return figures.loops == 1 ? 1 : nil }
    return min(place.processes, figures.loops / place.launches)
  }

  /// Workers print what they did; what is left was the leader.
  private static func itemized(_ workers: [WorkerExecution], loops: Double) -> Double {
    let workers = workers.compactMap { $0.actual.figures?.loops }.filter { $0 > 0 }
    return Double(workers.count) + (loops > workers.reduce(0, +) ? 1 : 0)
  }

  private func place(of node: Int) -> Place { places.isEmpty ? Place() : places[node] }

  private static func places(_ plan: ExplainedPlan) -> [Place] {
    var places: [Place] = []
    places.reserveCapacity(plan.nodes.count)
    var inputs = [Int](repeating: 0, count: plan.nodes.count)
    for index in plan.nodes.indices {
      guard let parent = plan.nodes[index].parent else {
        places.append(Place())
        continue
      }
      if plan.nodes[index].relationship.isMember { inputs[parent] += 1 }
      places.append(
        Place(
          of: plan.nodes[index], below: plan.nodes[parent], places[parent], isSecond: inputs[parent] == 2))
    }
    return places
  }
}

/// Where a node stands among the processes of a Gather.
private struct Place {
  /// Processes that shared the work; 1 outside a Gather.
  var processes = 1.0
  /// Loops of the Gather above.
  var launches = 1.0
  /// Worker lines tell what each process did: those that have none did nothing.
  var isItemized = false
  /// A process may start the node again and again, so that its loops do not count processes.
  var isRepeated = false

  init() {}

  /// - Parameter isSecond: the node is its parent's second input.
  init(of node: PlanNode, below parent: PlanNode, _ above: Place, isSecond: Bool) {
    self = above
    guard node.relationship.isMember else {
      if case .subPlan = node.relationship { isRepeated = true }
      return
    }
    if parent.type.isGather { self = Place(of: node, below: parent) }
    if parent.type.isNestedLoop, isSecond { isRepeated = true }
  }

  /// What a Gather evaluates before it starts workers is not below it: only its input is.
  private init(of input: PlanNode, below gather: PlanNode) {
    guard let shared = input.actual.figures, let gather = gather.actual.figures, gather.loops > 0 else {
      return
    }
    processes = max(1, shared.loops / gather.loops)
    launches = gather.loops
    isItemized = input.workers.contains { $0.actual.figures != nil }
  }
}

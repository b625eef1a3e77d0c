/// Per node what it took itself, in milliseconds over all loops.
///
/// Members are inside their parent's time. Sub-plans are inside the time of the node that ran or
/// waited for them, which need not be the node under which EXPLAIN prints them.
struct OwnTimes {
  /// Never below 0.
  private(set) var milliseconds: [Double]
  /// Per node the roots of the sub-plans that were taken out of its time.
  private(set) var charged: [[Int]]
  /// Per node: whether the plan leaves open which part of a sub-plan's time was inside its own.
  private(set) var isChosen: [Bool]
  /// How far own times may be off by rounding.
  private(set) var tolerances: [Double]
  /// Time of CTEs that no reader waited for.
  private(set) var unpaid = 0.0

  private let wall: WallContributions
  private let payers: SubplanPayers

  init(_ plan: ExplainedPlan, _ work: ParallelWork, _ wall: WallContributions) {
    self.wall = wall
    payers = SubplanPayers(plan, work)
    milliseconds = wall.milliseconds
    tolerances = wall.uncertainties
    charged = Array(repeating: [], count: plan.nodes.count)
    isChosen = Array(repeating: false, count: plan.nodes.count)
    deductMembers(of: plan)
    deductSubplans(of: plan)
    milliseconds = milliseconds.map { max(0, $0) }
    // What the root did not wait for ran after it: only data-modifying CTEs do.
    unpaid = unpaid > wall.uncertainties.reduce(0, +) ? unpaid : 0
  }

  /// A node without a time hands its children's on to the nearest ancestor that has one.
  private mutating func deductMembers(of plan: ExplainedPlan) {
    for index in plan.nodes.indices {
      guard plan.nodes[index].relationship.isMember, let payer = wall.timedAncestors[index] else { continue }
      milliseconds[payer] -= wall.milliseconds[index]
      tolerances[payer] += wall.uncertainties[index]
    }
  }

  /// The surer it is whose time a sub-plan's is part of, the sooner it is taken out of it: a CTE's is found in what
  /// the others leave of its scans, which may have waited for an InitPlan that reads the same CTE.
  private mutating func deductSubplans(of plan: ExplainedPlan) {
    let roots = plan.nodes.indices.filter {
      !plan.nodes[$0].relationship.isMember && wall.milliseconds[$0] > 0
    }
    for root in roots {
      guard case .subPlan(let heading) = plan.nodes[root].relationship else { continue }
      deductSubPlan(root, heading, below: plan.nodes[root].parent ?? 0)
    }
    for root in roots {
      guard case .initPlan(let heading) = plan.nodes[root].relationship else { continue }
      deductInitPlan(root, heading)
    }
    for root in roots where plan.nodes[root].relationship.isCTE { deductCTE(root) }
  }

  // MARK: SubPlans

  /// A SubPlan is inside the node under which it stands. Partitions share one: it stands under the
  /// first of them, and all that ran it pay by how often they did.
  private mutating func deductSubPlan(_ subplan: Int, _ heading: String, below parent: Int) {
    let callers = payers.ofSubPlan(subplan, heading)
    guard callers.contains(where: { $0.node != parent }) else {
      charge(subplan, to: parent, wall.milliseconds[subplan])
      return
    }
    let rest =
      callers.contains { $0.isHashed }
      ? deduct(subplan, hashedBy: callers.map(\.node))
      : deduct(subplan, byCallsOf: callers)
    charge(subplan, to: parent, deduct(subplan, rest, largestFirst: callers.map(\.node)))
    choose(callers.map(\.node))
  }

  /// Returns what is left where a caller has not the time for its part.
  private mutating func deduct(_ subplan: Int, byCallsOf callers: [SubplanPayers.Caller]) -> Double {
    let time = wall.milliseconds[subplan]
    let calls = callers.reduce(0) { $0 + $1.calls }
    guard calls > 0 else { return time }
    return callers.reduce(time) { $0 - charge(subplan, to: $1.node, upTo: time * $1.calls / calls) }
  }

  /// A SubPlan that fills a hash table runs once for each node that asks it, the first to start first.
  private mutating func deduct(_ subplan: Int, hashedBy nodes: [Int]) -> Double {
    var rest = wall.milliseconds[subplan]
    let time = rest / max(1, payers.runs(of: subplan))
    // One run may take longer than the average.
    for node in payers.inStartingOrder(nodes) where canCarry(node, subplan, time / 2) {
      rest -= charge(subplan, to: node, upTo: min(time, rest))
    }
    return rest
  }

  // MARK: InitPlans

  /// An InitPlan runs once, inside the node that needed it first: a user if one has the time, else a
  /// node between it and the place of declaration, else any node there.
  private mutating func deductInitPlan(_ subplan: Int, _ heading: String) {
    let time = wall.milliseconds[subplan] - chargeShutdown(of: subplan)
    for place in SubplanPayers.Place.allCases {
      let able = payers.ofInitPlan(subplan, heading, in: place).filter { canCarry($0, subplan, time) }
      guard let payer = place == .restart ? able.max() : firstUser(able, subplan) else { continue }
      charge(subplan, to: payer, time)
      let isSure = place.isMention || payers.hasNoOther(than: payer, for: subplan)
      if !isSure || able.contains(where: { $0 != payer }) { choose(able) }
      return
    }
    let below = [.below, .subplansBelow].flatMap { payers.ofInitPlan(subplan, heading, in: $0) }
    _ = deduct(subplan, time, largestFirst: below)
    choose(below.filter { charged[$0].last == subplan })
  }

  /// Workers of an InitPlan are stopped behind its only row, by the node under which it is printed; returns what
  /// that took.
  private mutating func chargeShutdown(of subplan: Int) -> Double {
    charge(subplan, to: payers.declaring(subplan), upTo: payers.timeAfterOnlyRow(of: subplan))
  }

  /// Who started first of those that waited for it before they returned a row.
  private func firstUser(_ able: [Int], _ subplan: Int) -> Int? {
    let waited = able.filter { payers.startedNoSooner($0, than: subplan) }
    return payers.inStartingOrder(waited.isEmpty ? able : waited).first
  }

  // MARK: CTEs

  /// A CTE runs on while a scan asks for rows that no scan has read before: the first to start waits for the
  /// rows that it reads, the next one for what is left. No scan waits while the node that declares it ends it.
  private mutating func deductCTE(_ root: Int) {
    let time = wall.milliseconds[root]
    let scans = payers.ofCTE(root)
    let able = scans.filter { milliseconds[$0] > tolerances[$0] + 0.01 * time }
    if able.count > 1 { choose(able) }
    var (paid, passed) = (0.0, 0.0)
    for scan in scans {
      let until = time * payers.part(ofCTE: root, until: scan)
      guard until > passed, canCarry(scan, root, until - passed) else { continue }
      paid += charge(root, to: scan, upTo: until - passed)
      passed = until
    }
    let rest = deduct(root, time - paid, largestFirst: scans)
    if payers.runsAfterRoot(root) { unpaid += rest } else { charge(root, to: payers.declaring(root), rest) }
  }

  // MARK: Charging

  /// Takes a sub-plan's time out of several nodes, none below 0, and returns what is left of it.
  private mutating func deduct(_ subplan: Int, _ time: Double, largestFirst payers: [Int]) -> Double {
    var rest = time
    for payer in Set(payers).sorted(by: { (milliseconds[$0], $1) > (milliseconds[$1], $0) }) {
      let part = charge(subplan, to: payer, upTo: rest)
      guard part > 0 else { break }
      rest -= part
    }
    return rest
  }

  private func canCarry(_ payer: Int, _ subplan: Int, _ time: Double) -> Bool {
    milliseconds[payer] + tolerances[payer] + wall.uncertainties[subplan] + Self.shutdown(of: time) >= time
  }

  /// What a sub-plan that took so long may take while the executor shuts it down: that is part of its time, and of
  /// the time of the node under which it is printed, but not of the one that waited for it (`ExecShutdownNode`).
  private static func shutdown(of time: Double) -> Double { min(0.02, 0.001 * time) }

  /// Takes no more than the node has, and returns what it took.
  private mutating func charge(_ subplan: Int, to payer: Int, upTo time: Double) -> Double {
    let part = min(time, max(0, milliseconds[payer]))
    charge(subplan, to: payer, part)
    return part
  }

  private mutating func charge(_ subplan: Int, to payer: Int, _ time: Double) {
    guard time > 0 else { return }
    milliseconds[payer] -= time
    tolerances[payer] += wall.uncertainties[subplan]
    if charged[payer].last != subplan { charged[payer].append(subplan) }
  }

  private mutating func choose(_ nodes: [Int]) {
    for node in nodes { isChosen[node] = true }
  }
}

/// Per node what it took itself, in milliseconds over all loops.
///
/// Members are inside their parent's time. Sub-plans are inside the time of the node that ran or
/// waited for them, which need not be the node under which EXPLAIN prints them.
struct OwnTimes {
  /// Never below 0.
  private(set) var milliseconds: [Double]
  /// Per node the roots of the sub-plans that were taken out of its time.
  private(set) var charged: [[Int]]
  /// Time of CTEs that no reader waited for.
  private(set) var unpaid = 0.0

  /// How far own times may be off by rounding.
  private var tolerances: [Double]
  private let wall: WallContributions

  init(_ plan: ExplainedPlan, _ wall: WallContributions) {
    self.wall = wall
    milliseconds = wall.milliseconds
    tolerances = wall.uncertainties
    charged = Array(repeating: [], count: plan.nodes.count)
    deductMembers(of: plan)
    let payers = SubplanPayers(plan)
    for (index, node) in plan.nodes.enumerated() where wall.milliseconds[index] > 0 {
      switch node.relationship {
      case .member: break
      case .subPlan(let heading): deductSubPlan(index, heading, below: node.parent ?? 0, payers)
      case .initPlan(let heading): deductInitPlan(index, heading, payers)
      case .cte: unpaid += deduct(index, largestFirst: payers.ofCTE(index))
      }
    }
    milliseconds = milliseconds.map { max(0, $0) }
    // What the root did not wait for ran after it: only data-modifying CTEs do.
    unpaid = unpaid > wall.uncertainties.reduce(0, +) ? unpaid : 0
  }

  /// A node without a time hands its children's on to the nearest ancestor that has one.
  private mutating func deductMembers(of plan: ExplainedPlan) {
    for (index, node) in plan.nodes.enumerated() {
      guard node.relationship == .member, let payer = wall.timedAncestors[index] else { continue }
      milliseconds[payer] -= wall.milliseconds[index]
      tolerances[payer] += wall.uncertainties[index]
    }
  }

  // MARK: Sub-plans

  /// A SubPlan is inside the node under which it stands. Partitions share one: it stands under the
  /// first of them, and all that mention it pay in proportion to their time.
  private mutating func deductSubPlan(
    _ subplan: Int, _ heading: String, below parent: Int, _ payers: SubplanPayers
  ) {
    let users = canCarry(parent, subplan) ? [] : payers.ofSubPlan(heading)
    let total = users.reduce(0) { $0 + max(0, milliseconds[$1]) }
    guard users.contains(where: { $0 != parent }), total > 0 else {
      charge(subplan, to: parent, wall.milliseconds[subplan])
      return
    }
    let part = min(1, wall.milliseconds[subplan] / total)
    for user in users { charge(subplan, to: user, max(0, milliseconds[user]) * part) }
  }

  /// An InitPlan runs once, inside the node that needed it first: a user if one has the time, else a
  /// node between it and the place of declaration, else any node there.
  private mutating func deductInitPlan(_ subplan: Int, _ heading: String, _ payers: SubplanPayers) {
    for place in SubplanPayers.Place.allCases {
      let able = payers.ofInitPlan(subplan, heading, in: place).filter { canCarry($0, subplan) }
      guard let payer = able.max(by: { milliseconds[$0] < milliseconds[$1] }) else { continue }
      charge(subplan, to: payer, wall.milliseconds[subplan])
      return
    }
    _ = deduct(subplan, largestFirst: payers.ofInitPlan(subplan, heading, in: .below))
  }

  /// Takes a sub-plan's time out of several nodes, none below 0, and returns what is left of it.
  private mutating func deduct(_ subplan: Int, largestFirst payers: [Int]) -> Double {
    var rest = wall.milliseconds[subplan]
    for payer in Set(payers).sorted(by: { (milliseconds[$0], $1) > (milliseconds[$1], $0) }) {
      let part = min(rest, max(0, milliseconds[payer]))
      guard part > 0 else { break }
      charge(subplan, to: payer, part)
      rest -= part
    }
    return rest
  }

  private func canCarry(_ payer: Int, _ subplan: Int) -> Bool {
    let slack = tolerances[payer] + wall.uncertainties[subplan]
    return milliseconds[payer] + slack >= wall.milliseconds[subplan]
  }

  private mutating func charge(_ subplan: Int, to payer: Int, _ time: Double) {
    milliseconds[payer] -= time
    tolerances[payer] += wall.uncertainties[subplan]
    charged[payer].append(subplan)
  }
}

/// Finds the nodes whose time a sub-plan's time may be part of.
struct SubplanPayers {
  private let plan: ExplainedPlan
  private let references: SubplanReferences
  private let readers: CTEReaders
  private let tree: PlanPlaces
  private let work: ParallelWork

  /// Where to look for the node that needed an InitPlan first, the likeliest place first.
  enum Place: CaseIterable {
    /// Nodes whose conditions mention it.
    case conditions
    /// Nodes whose `Output` mentions it.
    case output
    /// Nodes above those: a join hands a parameter down, an Append prunes.
    case between
    /// The node under which it is printed.
    case declaration
    /// Any node below that, but for those of other sub-plans.
    case below
    /// Nodes above a Limit, which counts again when it is started again, before its own clock runs
    /// (`ExecReScanLimit`); the nearest first.
    case restart
    /// Those of other sub-plans below.
    case subplansBelow

    /// Whether the plan itself says that these nodes use it.
    var isMention: Bool { self == .conditions || self == .output }
  }

  init(_ plan: ExplainedPlan, _ work: ParallelWork) {
    self.plan = plan
    self.work = work
    references = SubplanReferences(plan)
    readers = CTEReaders(plan)
    tree = references.isNeeded ? PlanPlaces(plan) : PlanPlaces()
  }

  /// Nodes, those first that the executor starts first.
  func inStartingOrder(_ nodes: [Int]) -> [Int] { tree.inStartingOrder(nodes) }

  // MARK: CTEs

  /// The node under which a sub-plan is printed.
  func declaring(_ root: Int) -> Int { plan.nodes[root].parent ?? 0 }

  /// Whether a CTE is carried through although nobody reads it to its end.
  func runsAfterRoot(_ root: Int) -> Bool { plan.nodes[root].type.kind == .modifyTable }

  /// The CTE Scans that read a CTE, those first that started first.
  func ofCTE(_ root: Int) -> [Int] { tree.inStartingOrder(readers.scans(of: root)) }

  /// What part of a CTE's time had passed, 0 to 1, when it had returned the rows that a scan has read.
  func part(ofCTE root: Int, until scan: Int) -> Double {
    guard let cte = plan.nodes[root].actual.figures, let total = cte.totalTime, total > 0,
      let figures = plan.nodes[scan].actual.figures
    else { return 0 }
    let read = figures.rows + (plan.nodes[scan].rowsRemovedByFilter ?? 0)
    guard read < cte.rows, cte.rows > 1 else { return 1 }
    let first = min(1, (cte.startupTime ?? 0) / total)
    return read < 1 ? first : first + (1 - first) * (read - 1) / (cte.rows - 1)
  }

  // MARK: InitPlans

  /// The nodes in that place which may have needed an InitPlan first.
  func ofInitPlan(_ root: Int, _ heading: String, in place: Place) -> [Int] {
    guard let declaring = plan.nodes[root].parent else { return [] }
    switch place {
    case .conditions: return users(of: heading, in: references.inConditions, declaring, root)
    case .output: return lowest(users(of: heading, in: references.inOutput, declaring, root))
    case .between:
      return above(
        [Place.conditions, .output].flatMap { ofInitPlan(root, heading, in: $0) }, upTo: declaring)
    case .declaration: return [declaring]
    case .below: return nodes(below: declaring, inSubplans: false)
    case .restart:
      guard plan.nodes[declaring].type.name == "Limit" else { return [] }
      return plan.ancestors(of: declaring)
    case .subplansBelow:
      let own = tree.subtree(of: root)
      return nodes(below: declaring, inSubplans: true).filter { !own.contains($0) }
    }
  }

  /// The node and those below it, either without those of sub-plans or these alone.
  private func nodes(below node: Int, inSubplans: Bool) -> [Int] {
    var found: [Int] = []
    var next = node
    while next < tree.subtree(of: node).upperBound {
      let isSubplan = next > node && !plan.nodes[next].relationship.isMember
      let part = isSubplan ? tree.subtree(of: next) : next..<next + 1
      if isSubplan == inSubplans { found += part }
      next = part.upperBound
    }
    return found
  }

  /// Whether nothing but the sub-plan stands below the node that declares it.
  func hasNoOther(than declaring: Int, for root: Int) -> Bool {
    tree.subtree(of: declaring).count == tree.subtree(of: root).count + 1
  }

  /// Whether a node may have waited for a sub-plan before it returned its first row; both ran once.
  func startedNoSooner(_ node: Int, than root: Int) -> Bool {
    guard let figures = plan.nodes[node].actual.figures, let subplan = plan.nodes[root].actual.figures,
      figures.loops == 1, subplan.loops == 1, let start = figures.startupTime, let end = subplan.totalTime
    else { return true }
    return start + 0.001 >= end
  }

  /// Users outside the InitPlan itself. Where a Gather stands between user and declaration, the Gather
  /// evaluates the InitPlan before it starts workers.
  private func users(
    of heading: String, in references: [String: [Int]], _ declaring: Int, _ root: Int
  ) -> [Int] {
    let scope = tree.subtree(of: declaring)
    let own = tree.subtree(of: root)
    let users = SubplanReferences.names(ofHeading: heading).flatMap { name in
      (references[name] ?? []).inRange(scope).filter { !own.contains($0) }
        .map { gather(between: $0, and: declaring) ?? $0 }
    }
    return Set(users).sorted()
  }

  private func gather(between user: Int, and declaring: Int) -> Int? {
    guard user != declaring, let gather = tree.gathers[user], gather >= declaring else { return nil }
    return gather
  }

  /// Nodes above the one that evaluates an expression print it as well.
  private func lowest(_ users: [Int]) -> [Int] {
    zip(users, users.dropFirst().map { $0 as Int? } + [nil]).compactMap { user, next in
      next.map { tree.subtree(of: user).contains($0) } ?? false ? nil : user
    }
  }

  /// The nodes above any of `users` up to and with `declaring`, each once.
  private func above(_ users: [Int], upTo declaring: Int) -> [Int] {
    var found: Set<Int> = []
    for user in users {
      var node = plan.nodes[user].parent
      while let above = node, above >= declaring, found.insert(above).inserted {
        node = plan.nodes[above].parent
      }
    }
    return found.sorted()
  }

  // MARK: SubPlans

  /// A node that may have run a SubPlan, and how often at most.
  struct Caller {
    var node: Int
    var calls: Double
    /// It runs once, and rows are looked up in its hash table.
    var isHashed = false
  }

  /// The nodes that may have run a SubPlan: those whose conditions mention it, else the one under which it
  /// stands, and where that one has not the rows for so many calls, its like in the other partitions.
  func ofSubPlan(_ root: Int, _ heading: String) -> [Caller] {
    guard let parent = plan.nodes[root].parent else { return [] }
    let (tests, lookups) = mentions(of: heading)
    guard tests.isEmpty, lookups.isEmpty else {
      return Set(tests + lookups + [parent]).sorted().map {
        Caller(node: $0, calls: rowsTested(by: $0), isHashed: tests.isEmpty)
      }
    }
    let isShared = calls(of: root) > rows(of: parent) + roundedOff(parent)
    return (isShared ? tree.partitions(like: parent) : [parent]).map { Caller(node: $0, calls: rows(of: $0)) }
  }

  /// The nodes whose conditions call a SubPlan, and those that look rows up in its hash table.
  private func mentions(of heading: String) -> (tests: [Int], lookups: [Int]) {
    let names = SubplanReferences.names(ofHeading: heading)
    return (
      names.flatMap { references.inConditions[$0] ?? [] },
      names.flatMap { references.inConditions["hashed " + $0] ?? [] }
    )
  }

  /// How often a sub-plan ran for each process that shared the work.
  func runs(of root: Int) -> Double { calls(of: root) / work.processes(at: root) }

  private func calls(of root: Int) -> Double { plan.nodes[root].actual.figures?.loops ?? 0 }

  private func rows(of node: Int) -> Double { plan.nodes[node].actual.figures?.totalRows ?? 0 }

  private func rowsTested(by node: Int) -> Double {
    let loops = plan.nodes[node].actual.figures?.loops ?? 0
    return rows(of: node) + (plan.nodes[node].rowsRemovedByFilter ?? 0) * loops
  }

  /// Averages are rounded: there may be half a row more in every loop.
  private func roundedOff(_ node: Int) -> Double {
    guard let figures = plan.nodes[node].actual.figures, figures.loops > 1 else { return 0 }
    return figures.loops / 2
  }
}

extension [Int] {
  /// The elements of this sorted list that lie in a range.
  fileprivate func inRange(_ range: Range<Int>) -> ArraySlice<Int> {
    self[firstIndex(notBelow: range.lowerBound)..<firstIndex(notBelow: range.upperBound)]
  }

  private func firstIndex(notBelow value: Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

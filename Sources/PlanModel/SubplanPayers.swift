/// Finds the nodes whose time a sub-plan's time may be part of.
struct SubplanPayers {
  private let plan: ExplainedPlan
  private let references: SubplanReferences
  private let readers: CTEReaders

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
    /// Any node below that.
    case below
  }

  init(_ plan: ExplainedPlan) {
    self.plan = plan
    references = SubplanReferences(plan)
    readers = CTEReaders(plan)
  }

  /// The nodes in that place which may have needed an InitPlan first.
  func ofInitPlan(_ root: Int, _ heading: String, in place: Place) -> [Int] {
    guard let declaring = plan.nodes[root].parent else { return [] }
    switch place {
    case .conditions: return users(of: heading, in: references.inConditions, declaring, root)
    case .output: return users(of: heading, in: references.inOutput, declaring, root)
    case .between:
      let users = [Place.conditions, .output].flatMap { ofInitPlan(root, heading, in: $0) }
      return users.flatMap { path(from: $0, to: declaring) }
    case .declaration: return [declaring]
    case .below:
      let own = plan.subtree(of: root)
      return plan.subtree(of: declaring).filter { !own.contains($0) }
    }
  }

  /// The nodes whose conditions mention a SubPlan: several where partitions share it.
  func ofSubPlan(_ heading: String) -> [Int] {
    SubplanReferences.names(ofHeading: heading).flatMap { references.inConditions[$0] ?? [] }
  }

  /// The CTE Scans that read a CTE.
  func ofCTE(_ root: Int) -> [Int] { readers.scans(of: root) }

  // MARK: Users

  /// Users outside the InitPlan itself. Where a Gather stands between user and declaration, the Gather
  /// evaluates the InitPlan before it starts workers.
  private func users(
    of heading: String, in references: [String: [Int]], _ declaring: Int, _ root: Int
  ) -> [Int] {
    let scope = plan.subtree(of: declaring)
    let own = plan.subtree(of: root)
    return SubplanReferences.names(ofHeading: heading).flatMap { name in
      (references[name] ?? []).inRange(scope).filter { !own.contains($0) }
        .map { gather(between: $0, and: declaring) ?? $0 }
    }
  }

  private func gather(between user: Int, and declaring: Int) -> Int? {
    guard user != declaring else { return nil }
    return path(from: user, to: declaring).first { plan.nodes[$0].type.isGather }
  }

  /// The nodes above `user` up to and with `declaring`.
  private func path(from user: Int, to declaring: Int) -> [Int] {
    plan.ancestors(of: user).prefix { $0 >= declaring }
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

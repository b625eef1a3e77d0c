/// Finds the nodes whose time a sub-plan's time may be part of.
struct SubplanPayers {
  private let plan: ExplainedPlan
  private let references: SubplanReferences
  private let readers: CTEReaders

  /// Nodes that may have run a sub-plan.
  struct Candidates {
    /// The node under which EXPLAIN prints it.
    var declaring: Int?
    /// Nodes that mention it.
    var users: [Int]
    /// Sets of nodes, the likeliest first.
    var tiers: [[Int]]
  }

  init(_ plan: ExplainedPlan) {
    self.plan = plan
    references = SubplanReferences(plan)
    readers = CTEReaders(plan)
  }

  /// The node below which a SubPlan stands, and all that mention it.
  func ofSubPlan(_ root: Int, _ heading: String) -> Candidates {
    let parent = plan.nodes[root].parent
    let users = mentions(of: heading, in: references.inConditions)
    return Candidates(
      declaring: parent, users: users.isEmpty ? parent.map { [$0] } ?? [] : users, tiers: [])
  }

  /// The nodes that may have needed an InitPlan first.
  func ofInitPlan(_ root: Int, _ heading: String) -> Candidates {
    guard let declaring = plan.nodes[root].parent else { return Candidates(users: [], tiers: []) }
    let conditions = users(of: heading, in: references.inConditions, declaredAt: declaring, root: root)
    let output = users(of: heading, in: references.inOutput, declaredAt: declaring, root: root)
    // A condition may be checked by a node above: a join hands a parameter down, an Append prunes.
    let between = (conditions + output).flatMap { path(from: $0, to: declaring) }
    let own = plan.subtree(of: root)
    let anywhere = plan.subtree(of: declaring).filter { !own.contains($0) }
    return Candidates(
      declaring: declaring, users: conditions + output,
      tiers: [conditions, output, between, [declaring], anywhere])
  }

  /// The CTE Scans that read a CTE.
  func ofCTE(_ root: Int) -> [Int] { readers.scans(of: root) }

  // MARK: Users

  private func mentions(of heading: String, in references: [String: [Int]]) -> [Int] {
    var seen: Set<Int> = []
    return SubplanReferences.names(ofHeading: heading).flatMap { references[$0] ?? [] }
      .filter { seen.insert($0).inserted }
  }

  /// Users outside the sub-plan itself. Where a Gather stands between user and declaration, the Gather
  /// evaluates the InitPlan before it starts workers.
  private func users(
    of heading: String, in references: [String: [Int]], declaredAt declaring: Int, root: Int
  ) -> [Int] {
    let own = plan.subtree(of: root)
    return mentions(of: heading, in: references).filter { !own.contains($0) }.map { user in
      gather(between: user, and: declaring) ?? user
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

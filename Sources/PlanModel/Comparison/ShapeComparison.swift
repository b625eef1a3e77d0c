/// Whether two plans do the same in the same order, and where they first do not.
public enum ShapeComparison: Sendable, Equatable {
  /// The same nodes, relations and indexes.
  case same
  /// The same, but other nodes are run by several processes.
  case sameButForWorkers
  /// The first difference in printed order.
  case differs(FirstDifference)

  /// Where two plans part, apart from what shares work among processes: indices of nodes; `nil` where one
  /// plan is over.
  public struct FirstDifference: Sendable, Equatable {
    /// In the first plan.
    public var before: Int?
    /// In the second plan.
    public var after: Int?
  }

  init(_ before: [ComparedNode], of first: ExplainedPlan, _ after: [ComparedNode], of second: ExplainedPlan) {
    let whole = Self.firstDifference(
      Self.places(before, first) { $0 }, Self.places(after, second) { $0 })
    let serial = { (nodes: [ComparedNode], plan: ExplainedPlan) in
      Self.places(nodes, plan) { $0.isForWorkers ? nil : $0.inOneProcess }
    }
    if whole == nil {
      self = .same
    } else if let difference = Self.firstDifference(serial(before, first), serial(after, second)) {
      self = .differs(difference)
    } else {
      self = .sameButForWorkers
    }
  }

  private struct Place {
    var index: Int
    var depth: Int
    var node: ComparedNode
  }

  /// The nodes that make a plan's shape; `kept` says what a node counts as, `nil` that it does not.
  private static func places(
    _ nodes: [ComparedNode], _ plan: ExplainedPlan, kept: (ComparedNode) -> ComparedNode?
  ) -> [Place] {
    var depths = [Int](repeating: 0, count: nodes.count)
    var places: [Place] = []
    for (index, node) in plan.nodes.enumerated() {
      let parentDepth = node.parent.map { depths[$0] } ?? -1
      let counted = node.isPartOfShape ? kept(nodes[index]) : nil
      depths[index] = parentDepth + (counted == nil ? 0 : 1)
      if let counted { places.append(Place(index: index, depth: depths[index], node: counted)) }
    }
    return places
  }

  private static func firstDifference(_ before: [Place], _ after: [Place]) -> FirstDifference? {
    let shared = zip(before, after).prefix { $0.depth == $1.depth && $0.node == $1.node }.count
    guard shared < before.count || shared < after.count else { return nil }
    return FirstDifference(
      before: before.dropFirst(shared).first?.index, after: after.dropFirst(shared).first?.index)
  }
}

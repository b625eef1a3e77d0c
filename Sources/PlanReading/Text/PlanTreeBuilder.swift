import PlanModel

/// Nests nodes by the column of their arrows.
///
/// Only which of two columns is further right matters: PostgreSQL steps by 6, Aurora DSQL's storage
/// nodes by 4, 5 or 6, and people re-indent what they paste.
struct PlanTreeBuilder {
  private(set) var nodes: [PlanNode] = []
  /// What a node is before it is filled.
  private let blank = PlanNode(parent: nil, type: NodeType(""))
  /// Nodes that may still get children: the path from the root to the latest node.
  private var open: [(node: Int, column: Int)] = []
  /// What the next node is, when a heading said so.
  private var heading: PlanRelationship?

  /// A builder with room for so many nodes: they shall not move while their number grows.
  init(capacity: Int) { nodes.reserveCapacity(capacity) }

  var isEmpty: Bool { nodes.isEmpty }
  var isWaitingForNode: Bool { heading != nil }

  /// Adds the root, or a child of the nearest open node whose arrow is further left, and has it filled where it
  /// stands: a node is large.
  mutating func add<Failure>(
    column: Int, _ fill: (inout PlanNode) throws(Failure) -> Void
  ) throws(Failure) {
    close(from: column)
    let (number, parent) = (nodes.count, open.last?.node)
    nodes.append(blank)
    // Whatever its indentation, the first node is the root.
    open.append((number, number == 0 ? -1 : column))
    nodes[number].parent = parent
    if let heading { nodes[number].relationship = heading }
    heading = nil
    try fill(&nodes[number])
  }

  /// `SubPlan 1`: what follows belongs to the node above whose arrow is left of the heading.
  mutating func add(_ heading: PlanRelationship, column: Int) {
    close(from: column)
    self.heading = heading
  }

  /// The node that a property at this column belongs to.
  func owner(ofPropertyAt column: Int) -> Int {
    open.last { $0.column < column }?.node ?? 0
  }

  /// Changes a node in place.
  mutating func update<Result>(_ node: Int, _ change: (inout PlanNode) -> Result) -> Result {
    change(&nodes[node])
  }

  private mutating func close(from column: Int) {
    while let last = open.last, last.column >= column { open.removeLast() }
  }
}

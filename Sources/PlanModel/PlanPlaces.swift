/// Where the nodes of a plan stand to each other, found in one walk.
struct PlanPlaces {
  /// Per node the nearest Gather whose processes run it.
  private(set) var gathers: [Int?] = []
  /// Per node the index behind the last node below it.
  private var ends: [Int] = []
  /// Per node the outermost of the Appends right above each other under which it stands.
  private var appends: [Int?] = []
  private var depths: [Int] = []
  /// Per node its rank among all in the order in which the executor starts them.
  private var ranks: [Int] = []

  /// The places of no plan.
  init() {}

  init(_ plan: ExplainedPlan) {
    ends = Array(plan.nodes.indices.map { $0 + 1 })
    for index in plan.nodes.indices {
      guard let parent = plan.nodes[index].parent else {
        add(gather: nil, append: nil, depth: 0)
        continue
      }
      let isMember = plan.nodes[index].relationship.isMember
      let above = plan.nodes[parent].type
      add(
        gather: above.isGather && isMember ? parent : gathers[parent],
        append: isMember ? appends[parent] ?? (above.isAppend ? parent : nil) : nil,
        depth: depths[parent] + (above.isAppend ? 0 : 1))
    }
    for index in plan.nodes.indices.reversed() {
      guard let parent = plan.nodes[index].parent else { continue }
      ends[parent] = max(ends[parent], ends[index])
    }
    ranks = Self.ranks(plan)
  }

  private mutating func add(gather: Int?, append: Int?, depth: Int) {
    gathers.append(gather)
    appends.append(append)
    depths.append(depth)
  }

  /// The nodes below `index` and itself.
  func subtree(of index: Int) -> Range<Int> { index..<ends[index] }

  /// Nodes, those first that the executor starts first.
  func inStartingOrder(_ nodes: [Int]) -> [Int] { nodes.sorted { ranks[$0] < ranks[$1] } }

  /// The nodes that stand below the same Append as `node`, and as deep; itself alone where there is no
  /// Append above.
  func partitions(like node: Int) -> [Int] {
    guard let append = appends[node] else { return [node] }
    return subtree(of: append).filter { appends[$0] == append && depths[$0] == depths[node] }
  }
}

extension PlanPlaces {
  /// Nodes are started in printed order, but for a Hash Join that builds its hash table before it looks for
  /// an outer row.
  private static func ranks(_ plan: ExplainedPlan) -> [Int] {
    let children = plan.childrenByNode()
    var ranks = [Int](repeating: 0, count: plan.nodes.count)
    var (open, next) = ([0], 0)
    while let node = open.popLast() {
      ranks[node] = next
      next += 1
      let inputs = children[node]
      open += plan.buildsHashTableFirst(node, inputs) ? inputs : inputs.reversed()
    }
    return ranks
  }
}

extension ExplainedPlan {
  /// A Hash Join looks first whether there is an outer row at all, unless inner rows without a partner are
  /// wanted, or processes share the table, or the table is cheaper than that row (nodeHashjoin.c).
  fileprivate func buildsHashTableFirst(_ join: Int, _ children: [Int]) -> Bool {
    let inputs = children.filter { nodes[$0].relationship.isMember }
    guard nodes[join].type.kind == .hashJoin, inputs.count == 2 else { return false }
    switch nodes[join].type.joinType {
    case "Right", "Full", "Right Anti": return true
    case _ where nodes[join].type.isParallelAware: return true
    case "Left", "Anti": return false
    default:
      guard let outer = nodes[inputs[0]].estimate, let hash = nodes[inputs[1]].estimate else { return false }
      return outer.startupCost >= hash.totalCost
    }
  }
}

extension NodeType {
  fileprivate var isAppend: Bool { kind == .append }
}

/// Which node of one plan does the work of which node of another.
///
/// First equal subtrees, the largest first; then nodes that read the same relation; then nodes of one kind
/// above the same relations, whatever stands between. Linear in both plans but for one sort.
struct NodeMatching {
  /// Per node of the first plan its partner in the second.
  private(set) var partners: [Int?]
  /// Per node of the second plan: whether it has a partner.
  private var isTaken: [Bool]
  private let before: Side
  private let after: Side

  /// A plan and what its nodes do.
  private struct Side {
    var plan: ExplainedPlan
    var nodes: [ComparedNode]
  }

  init(_ before: [ComparedNode], of first: ExplainedPlan, _ after: [ComparedNode], of second: ExplainedPlan) {
    self.before = Side(plan: first, nodes: before)
    self.after = Side(plan: second, nodes: after)
    partners = Array(repeating: nil, count: before.count)
    isTaken = Array(repeating: false, count: after.count)
    pairEqualSubtrees()
    pairNodes(by: Self.reading)
    pairNodes(by: Self.relationName)
    let sets = relationSets()
    for isExact in [true, false] {
      pairNodes(
        before: Self.keys(self.before.nodes, sets.before, isExact: isExact),
        after: Self.keys(self.after.nodes, sets.after, isExact: isExact))
    }
  }

  /// Pairs of indices in the first plan's order.
  var pairs: [(before: Int, after: Int)] {
    partners.enumerated().compactMap { index, partner in partner.map { (index, $0) } }
  }

  /// Nodes of the first plan without a partner.
  var onlyBefore: [Int] { partners.indices.filter { partners[$0] == nil } }

  /// Nodes of the second plan without a partner.
  var onlyAfter: [Int] { isTaken.indices.filter { !isTaken[$0] } }

  private mutating func pair(_ index: Int, with other: Int) {
    partners[index] = other
    isTaken[other] = true
  }

  // MARK: Equal subtrees

  private mutating func pairEqualSubtrees() {
    var numbers: [Subtree: Int] = [:]
    let (own, others) = (Self.subtrees(before, &numbers), Self.subtrees(after, &numbers))
    var candidates = Queues(others.numbers)
    // Of two subtrees of one size neither is part of the other, so that what is paired is paired whole.
    let largestFirst = own.sizes.indices.sorted { (-own.sizes[$0], $0) < (-own.sizes[$1], $1) }
    for index in largestFirst where partners[index] == nil {
      guard let match = candidates.next(own.numbers[index], isTaken) else { continue }
      for offset in 0..<own.sizes[index] { pair(index + offset, with: match + offset) }
    }
  }

  /// A node and the numbers of its children's subtrees: equal subtrees get one number.
  private struct Subtree: Hashable {
    var node: ComparedNode
    var children: [Int]
  }

  private static func subtrees(
    _ side: Side, _ known: inout [Subtree: Int]
  ) -> (numbers: [Int], sizes: [Int]) {
    let count = side.nodes.count
    var numbers = [Int](repeating: 0, count: count)
    var sizes = [Int](repeating: 1, count: count)
    var children = [[Int]](repeating: [], count: count)
    for index in (0..<count).reversed() {
      let subtree = Subtree(node: side.nodes[index], children: children[index])
      let number = known[subtree] ?? known.count
      known[subtree] = number
      numbers[index] = number
      guard let parent = side.plan.nodes[index].parent else { continue }
      children[parent].append(number)
      sizes[parent] += sizes[index]
    }
    return (numbers, sizes)
  }

  // MARK: Relations

  private mutating func pairNodes(by key: (ComparedNode) -> AnyHashable?) {
    pairNodes(before: before.nodes.map(key), after: after.nodes.map(key))
  }

  private mutating func pairNodes<Key: Hashable>(before keys: [Key?], after others: [Key?]) {
    var candidates = Queues(others)
    for (index, key) in keys.enumerated() where partners[index] == nil {
      guard let key, let match = candidates.next(key, isTaken) else { continue }
      pair(index, with: match)
    }
  }

  /// Who reads which relation under which name.
  private static func reading(_ node: ComparedNode) -> AnyHashable? {
    node.relation.map { [AnyHashable(reader(node)), AnyHashable($0)] }
  }

  /// Who reads which relation: an alias may be all that differs.
  private static func relationName(_ node: ComparedNode) -> AnyHashable? {
    node.relation.map { [reader(node), $0.name] }
  }

  /// A storage node is not the scan above it.
  private static func reader(_ node: ComparedNode) -> String {
    node.type.isStorageNode || node.type.name == "ModifyTable" ? node.type.name : "scan"
  }

  // MARK: Nodes above the same relations

  /// What a node does, and above which relations.
  private struct Work: Hashable {
    var kind: String
    var relations: UInt64
  }

  private static func keys(_ nodes: [ComparedNode], _ sets: [UInt64], isExact: Bool) -> [Work?] {
    zip(nodes, sets).map { node, set in
      guard node.relation == nil else { return nil }
      return Work(kind: isExact ? node.type.label : kind(of: node), relations: set)
    }
  }

  /// Per node a number for the relations that are read below it; each pair of scans has its own, and a sum
  /// does not depend on their order.
  private func relationSets() -> (before: [UInt64], after: [UInt64]) {
    var (own, others) = (
      [UInt64](repeating: 0, count: before.nodes.count), [UInt64](repeating: 0, count: after.nodes.count)
    )
    for (index, match) in pairs where before.nodes[index].relation != nil {
      let number = Self.scattered(UInt64(index))
      own[index] = number
      others[match] = number
    }
    return (Self.summed(own, before.plan), Self.summed(others, after.plan))
  }

  private static func summed(_ values: [UInt64], _ plan: ExplainedPlan) -> [UInt64] {
    var sums = values
    for index in plan.nodes.indices.reversed() {
      guard let parent = plan.nodes[index].parent else { continue }
      sums[parent] &+= sums[index]
    }
    return sums
  }

  /// Far apart for neighbours, so that sums of few do not meet (the finalizer of SplitMix64).
  private static func scattered(_ value: UInt64) -> UInt64 {
    var bits = (value &+ 1) &* 0x9E37_79B9_7F4A_7C15
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// What a node does, whichever way it does it.
  private static func kind(of node: ComparedNode) -> String {
    switch node.type.name {
    case _ where node.type.isJoin: "join"
    case _ where node.type.isGather: "gather"
    case "Aggregate": node.type.partialMode == "Partial" ? "partial aggregate" : "aggregate"
    case "Group", "Unique": "aggregate"
    case "Sort", "Incremental Sort": "sort"
    case "Append", "Merge Append": "append"
    default: node.type.name
    }
  }
}

/// Per key the nodes that have it, in printed order.
private struct Queues<Key: Hashable> {
  private var waiting: [Key: [Int]] = [:]

  /// Nodes by their keys; those without one wait for nobody.
  init(_ keys: [Key?]) {
    for (index, key) in keys.enumerated().reversed() {
      if let key { waiting[key, default: []].append(index) }
    }
  }

  /// The first node with that key that is still free.
  mutating func next(_ key: Key, _ isTaken: [Bool]) -> Int? {
    while let index = waiting[key]?.popLast() {
      if !isTaken[index] { return index }
    }
    return nil
  }
}

import PlanModel

/// Makes plans with names and literals that look like anything else in a plan.
struct RandomPlans {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A plan of up to 12 nodes.
  mutating func plan() -> ExplainedPlan {
    var plan = ExplainedPlan(nodes: [])
    let count = 1 + number(below: 12)
    for index in 0..<count {
      var node = node()
      if index > 0 {
        // A parent on the path to the latest node, as in any preorder.
        let path = [index - 1] + plan.ancestors(of: index - 1)
        node.parent = path[number(below: path.count)]
        node.relationship = relationship()
      }
      // Without figures only its name tells a root from prose.
      if index == 0, node.type.name == "Quantum Scan" { node.type = NodeType("Result") }
      plan.nodes.append(node)
    }
    if chance(2) { plan.planningTime = Double(number(below: 90_000)) / 1000 }
    if chance(2) { plan.executionTime = Double(number(below: 90_000)) / 1000 }
    if chance(3) {
      plan.settings = [
        PlanProperty("search_path", "\"\(pick(["it's", "a', b", "x = 'y'"]))\""),
        PlanProperty("work_mem", "64kB"),
      ]
    }
    if chance(3) {
      plan.triggers = [TriggerExecution(name: "t on x", time: chance(2) ? 0.25 : nil, calls: 3)]
    }
    return plan
  }

  // MARK: Nodes

  private mutating func node() -> PlanNode {
    var node = PlanNode(parent: nil, type: type())
    switch node.type.name {
    case "Index Scan":
      node.indexName = name()
      node.relation = reference()
    case "Bitmap Index Scan": node.indexName = name()
    case "Seq Scan", "CTE Scan", "ModifyTable": node.relation = reference()
    case "Sort":
      node.sort = chance(2) ? SortUsage(method: "quicksort", spaceUsed: 25, isOnDisk: chance(2)) : nil
    default: break
    }
    if chance(2) {
      node.estimate = CostEstimate(
        startupCost: Double(number(below: 99_999)) / 100, totalCost: Double(number(below: 99_999_999)) / 100,
        planRows: Double(number(below: 1_000_000)), planWidth: number(below: 900))
    }
    node.actual = actual()
    node.properties = (0..<number(below: 3)).map { _ in property() }
    if chance(3) { node.buffers = buffers() }
    if chance(4), node.actual.figures != nil {
      node.workers = [WorkerExecution(number: 0, actual: executed())]
    }
    return node
  }

  private mutating func type() -> NodeType {
    var type = NodeType(
      pick([
        "Seq Scan", "Index Scan", "Bitmap Index Scan", "CTE Scan", "Sort", "Hash Join", "Nested Loop",
        "Append",
        "ModifyTable", "Aggregate", "Quantum Scan",
      ]))
    switch type.name {
    case "Index Scan": type.isBackward = chance(2)
    case "Hash Join", "Nested Loop": type.joinType = chance(2) ? pick(["Left", "Right Anti", "Semi"]) : nil
    case "ModifyTable": type.command = pick(["Insert", "Update", "Delete", "Merge"])
    case "Aggregate":
      type.partialMode = chance(2) ? "Partial" : nil
      type.strategy = chance(2) ? "Hashed" : nil
    default: break
    }
    type.isParallelAware = type.name != "ModifyTable" && chance(4)
    return type
  }

  private mutating func relationship() -> PlanRelationship {
    switch number(below: 8) {
    case 0: .initPlan("InitPlan 1 (returns $0)")
    case 1: .subPlan("SubPlan exists_1")
    case 2: .cte(pick(["w", "two words", "Sort Key: x", "(cost=1)"]))
    default: .member
    }
  }

  private mutating func reference() -> RelationReference {
    RelationReference(schema: chance(3) ? name() : nil, name: name(), alias: chance(2) ? name() : nil)
  }

  // MARK: Figures

  private mutating func actual() -> ActualExecution {
    switch number(below: 3) {
    case 0: .notReported
    case 1: .neverExecuted
    default: executed()
    }
  }

  private mutating func executed() -> ActualExecution {
    let time = chance(2) ? Double(number(below: 9_999_999)) / 1000 : nil
    let isFractional = chance(2)
    return .executed(
      ActualFigures(
        startupTime: time, totalTime: time, rows: Double(number(below: 9999)) / (isFractional ? 100 : 1),
        loops: Double(1 + number(below: 9)), hasFractionalRows: isFractional))
  }

  private mutating func buffers() -> BufferUsage {
    var buffers = BufferUsage()
    buffers.sharedHitBlocks = Double(number(below: 3))
    buffers.localReadBlocks = Double(number(below: 3))
    buffers.tempWrittenBlocks = Double(1 + number(below: 3))
    return buffers
  }

  // MARK: Words

  private mutating func property() -> PlanProperty {
    switch number(below: 4) {
    case 0: PlanProperty("Filter", "(\(pick(["a", "$1"])) = \(literal())::text)")
    case 1: PlanProperty("Output", "\(literal()), (InitPlan 1).col1")
    case 2: PlanProperty("Sort Key", "x COLLATE \"C\" DESC, (\(literal()) || y)")
    default: PlanProperty("Entangled With", pick(["nothing", "it's: so", "3kB  Disk: 4kB", "(open"]))
    }
  }

  private mutating func literal() -> String {
    "'" + words().split(separator: "'").joined(separator: "''") + "'"
  }

  private mutating func name() -> String {
    let name = words()
    return name.isEmpty ? "t" : name
  }

  private mutating func words() -> String {
    let pieces = [
      "a", "B", "select", " ", "\n", "\"", "'", "(", ")", ": ", " on ", " using ",
      "  (cost=1.00..2.00 rows=3 width=4)",
      " (never executed)", "->  Sort", "\n  Filter: x", "é", ".", ", ", "\nPlanning Time: 1 ms", "'x' = 'y'",
      "SubPlan 1",
    ]
    return (0..<number(below: 5)).map { _ in pick(pieces) }.joined()
  }

  // MARK: Chance

  private mutating func pick(_ words: [String]) -> String { words[number(below: words.count)] }

  private mutating func chance(_ times: Int) -> Bool { number(below: times) == 0 }

  /// SplitMix64.
  private mutating func number(below limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
  }
}

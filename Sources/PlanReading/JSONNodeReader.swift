import JSONTree
import PlanModel

/// Reads one object of `Plans` as the node that TEXT would print.
struct JSONNodeReader {
  private let members: [(key: String, value: JSONValue)]
  private let byName: [String: JSONValue]
  private let isVerbose: Bool

  init(_ object: JSONValue, isVerbose: Bool) {
    members = Self.members(of: object)
    byName = Dictionary(members.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    self.isVerbose = isVerbose
  }

  /// XML calls both kinds of an incremental sort's groups by one name; the full sorts come first.
  private static func members(of object: JSONValue) -> [(key: String, value: JSONValue)] {
    var names = ["Full-sort Groups", "Pre-sorted Groups"][...]
    return object.members.map { key, value in
      (key == "Incremental Sort Groups" ? names.popFirst() ?? key : key, value)
    }
  }

  func node(below parent: Int?) -> PlanNode {
    var node = PlanNode(
      parent: parent, relationship: relationship, type: type, relation: relation,
      indexName: byName["Index Name"]?.string, estimate: estimate, actual: JSONFigures.actual(byName),
      workers: workers)
    node.take(JSONFigures(byName))
    for (key, value) in members {
      node.properties += JSONProperties.properties(key, value, of: node.type, byName, isVerbose: isVerbose)
    }
    return node
  }

  private var relationship: PlanRelationship {
    guard let name = byName["Subplan Name"]?.string else { return .member }
    if name.hasPrefix("CTE ") { return .cte(String(name.dropFirst(4))) }
    return byName["Parent Relationship"]?.string == "InitPlan" ? .initPlan(name) : .subPlan(name)
  }

  // MARK: Type

  private var type: NodeType {
    var type = NodeType(byName["Node Type"]?.string ?? "")
    if let provider = byName["Custom Plan Provider"]?.string { type.name += " (\(provider))" }
    type.isParallelAware = byName["Parallel Aware"]?.bool ?? false
    type.isAsync = byName["Async Capable"]?.bool ?? false
    type.isBackward = byName["Scan Direction"]?.string == "Backward"
    type.joinType = unlessDefault("Join Type", "Inner")
    type.partialMode = unlessDefault("Partial Mode", "Simple")
    type.strategy = unlessDefault("Strategy", "Plain")
    type.command = byName["Command"]?.string ?? unlessDefault("Operation", "Select")
    return type
  }

  /// The text of a member; `nil` for the value that TEXT leaves unsaid.
  private func unlessDefault(_ name: String, _ unsaid: String) -> String? {
    byName[name]?.string.flatMap { $0 == unsaid ? nil : $0 }
  }

  // MARK: Relation

  private var relation: RelationReference? {
    let alias = byName["Alias"]?.string
    guard let name = Self.relationKeys.lazy.compactMap({ byName[$0]?.string }).first else {
      return alias.map { RelationReference(name: $0) }
    }
    return RelationReference(
      schema: byName["Schema"]?.string, name: name, alias: alias == name ? nil : alias)
  }

  static let relationKeys = [
    "Relation Name", "Function Name", "Table Function Name", "CTE Name", "Tuplestore Name",
  ]

  // MARK: Figures

  private var estimate: CostEstimate? {
    guard let startup = byName["Startup Cost"]?.double, let total = byName["Total Cost"]?.double,
      let rows = byName["Plan Rows"]?.double, let width = byName["Plan Width"]?.int
    else { return nil }
    return CostEstimate(startupCost: startup, totalCost: total, planRows: rows, planWidth: width)
  }

  /// Up to release 12 a node may have several members of that name, each with some figures of the workers.
  private var workers: [WorkerExecution] {
    var numbers: [Int] = []
    var membersByNumber: [Int: [(key: String, value: JSONValue)]] = [:]
    for object in members.filter({ $0.key == "Workers" }).flatMap(\.value.elements) {
      guard let number = object["Worker Number"]?.int else { continue }
      if membersByNumber[number] == nil { numbers.append(number) }
      membersByNumber[number, default: []] += Self.members(of: object)
    }
    return numbers.map { worker($0, membersByNumber[$0] ?? []) }
  }

  private func worker(_ number: Int, _ members: [(key: String, value: JSONValue)]) -> WorkerExecution {
    let byName = Dictionary(
      members.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    var worker = WorkerExecution(number: number, actual: JSONFigures.actual(byName))
    worker.jit = byName["JIT"].map(JSONTrailers.jit)
    worker.take(JSONFigures(byName))
    for (key, value) in members {
      worker.properties += JSONProperties.properties(key, value, of: type, byName, isVerbose: isVerbose)
    }
    return worker
  }
}

import JSONTree
import PlanModel

/// Reads one object of `Plans` as the node that TEXT would print.
struct JSONNodeReader {
  private let members: JSONMembers
  private let properties: JSONProperties

  init(_ object: JSONValue, _ properties: JSONProperties) {
    members = JSONMembers(of: object, in: properties.document)
    self.properties = properties
  }

  /// What stands directly below the node, in printed order.
  var children: [JSONValue] { members["Plans"]?.elements ?? [] }

  func node(below parent: Int?) -> PlanNode {
    var node = PlanNode(
      parent: parent, relationship: relationship, type: type, relation: relation,
      indexName: members["Index Name"]?.string, estimate: estimate, actual: JSONFigures.actual(members),
      workers: workers)
    if node.actual.figures?.totalTime == nil { properties.noteFault(members, JSONFigures.actualKeys) }
    node.take(JSONFigures(members))
    node.properties = properties.properties(members)
    return node
  }

  private var relationship: PlanRelationship {
    guard let name = members["Subplan Name"]?.string else { return .member }
    if name.hasPrefix("CTE ") { return .cte(String(name.dropFirst(4))) }
    return members["Parent Relationship"]?.string == "InitPlan" ? .initPlan(name) : .subPlan(name)
  }

  // MARK: Type

  private var type: NodeType {
    var type = NodeType(members["Node Type"]?.string ?? "")
    if let provider = members["Custom Plan Provider"]?.string { type.name += " (\(provider))" }
    type.isParallelAware = members["Parallel Aware"]?.bool ?? false
    type.isAsync = members["Async Capable"]?.bool ?? false
    type.isBackward = members["Scan Direction"]?.string == "Backward"
    type.joinType = unlessDefault("Join Type", "Inner")
    type.partialMode = unlessDefault("Partial Mode", "Simple")
    type.strategy = unlessDefault("Strategy", "Plain")
    type.command = members["Command"]?.string ?? unlessDefault("Operation", "Select")
    return type
  }

  /// The text of a member; `nil` for the value that TEXT leaves unsaid.
  private func unlessDefault(_ name: StaticString, _ unsaid: String) -> String? {
    members[name]?.string.flatMap { $0 == unsaid ? nil : $0 }
  }

  // MARK: Relation

  private var relation: RelationReference? {
    let alias = members["Alias"]?.string
    guard let name = Self.relationKeys.lazy.compactMap({ members[$0]?.string }).first else {
      return alias.map { RelationReference(name: $0) }
    }
    return RelationReference(
      schema: members["Schema"]?.string, name: name, alias: alias == name ? nil : alias)
  }

  static let relationKeys: [StaticString] = [
    "Relation Name", "Function Name", "Table Function Name", "CTE Name", "Tuplestore Name",
  ]

  // MARK: Figures

  private var estimate: CostEstimate? {
    guard let startup = members["Startup Cost"]?.double, let total = members["Total Cost"]?.double,
      let rows = members["Plan Rows"]?.double, let width = members["Plan Width"]?.int
    else {
      properties.noteFault(members, ["Startup Cost", "Total Cost", "Plan Rows", "Plan Width"])
      return nil
    }
    return CostEstimate(startupCost: startup, totalCost: total, planRows: rows, planWidth: width)
  }

  /// Up to release 12 a node may have several members of that name, each with some figures of the workers.
  private var workers: [WorkerExecution] {
    var numbers: [Int] = []
    var membersByNumber: [Int: JSONMembers] = [:]
    for object in members.all(named: "Workers").flatMap(\.elements) {
      guard let number = object["Worker Number"]?.int else { continue }
      let more = JSONMembers(of: object, in: properties.document)
      if membersByNumber[number]?.add(more) == nil {
        numbers.append(number)
        membersByNumber[number] = more
      }
    }
    return numbers.compactMap { number in membersByNumber[number].map { worker(number, $0) } }
  }

  private func worker(_ number: Int, _ members: JSONMembers) -> WorkerExecution {
    var worker = WorkerExecution(number: number, actual: JSONFigures.actual(members))
    worker.jit = members["JIT"].map(JSONTrailers.jit)
    worker.take(JSONFigures(members))
    worker.properties = properties.properties(members)
    return worker
  }
}

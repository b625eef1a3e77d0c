import Catalog
import Diagnosis
import PlanModel
import Statements

/// Columns whose values may explain why rows are far from their estimate.
///
/// Nodes that are off by 2x or more point at them: a join at the columns that it compares, a grouping at those
/// by which it groups, a scan at the columns that it compares with values. The rest of a table is left alone,
/// since every column costs a scan.
struct SuspectedColumns {
  /// By table: columns whose distinct values are wanted, alone or together.
  private(set) var distinct: [QualifiedName: [[String]]] = [:]
  /// By table: columns whose most frequent values are wanted, with their distinct values.
  private(set) var frequent: [QualifiedName: [String]] = [:]

  private let plan: ExplainedPlan
  private let conditions: PlanConditions
  private let tables: [String: QualifiedName]

  /// The smallest error that is one (plan-math: "< 2x none").
  static let leastError = 2.0

  /// - Parameter parents: the partitioned parent of each table, where it has one.
  init(_ plan: ExplainedPlan, _ conditions: PlanConditions, parents: [QualifiedName: QualifiedName] = [:]) {
    self.plan = plan
    self.conditions = conditions
    tables = Self.tables(of: plan, parents)
    for (node, error) in plan.estimationErrors().enumerated() where (error?.ratio ?? 1) >= Self.leastError {
      suspect(node)
    }
    for node in plan.nodes.indices { plan.nodes[node][.presortedKey].map { group(by: $0) } }
  }

  /// Of the partitions `p_1` and `p_2` the nodes above speak as `p`: their parent.
  private static func tables(
    of plan: ExplainedPlan, _ parents: [QualifiedName: QualifiedName]
  ) -> [String: QualifiedName] {
    var tables: [String: QualifiedName] = [:]
    for (name, labels) in PlanTables(plan).labels {
      for label in labels {
        tables[label] = name
        let root = sequence(first: name) { parents[$0] }.reduce(name) { $1 }
        if root != name, let whole = label.firstMatch(of: /^(.+)_[0-9]+$/) { tables[String(whole.1)] = root }
      }
    }
    return tables
  }

  private mutating func suspect(_ node: Int) {
    if plan.nodes[node].type.isJoin { compare(at: node) }
    if let key = plan.nodes[node][.groupKey] { group(by: key) }
    if plan.nodes[node].type.name == "Unique" { dropDuplicates(of: node) }
    if plan.nodes[node].relation != nil { filter(at: node) }
  }

  // MARK: Where from

  private mutating func compare(at join: Int) {
    let own = [PropertyKey.hashCond, .mergeCond, .joinFilter].flatMap { conditions.predicates($0, of: join) }
    let inner = plan.nodes.indices.filter { plan.nodes[$0].relation != nil && plan.nodes[$0].parent == join }
      .flatMap { conditions.predicates(.indexCond, of: $0) }
    for predicate in own + inner where predicate.comparison == .equal {
      let columns = predicate.columns
      guard Set(columns.map(\.label)).count > 1 else { continue }
      columns.forEach { add(frequent: $0) }
    }
  }

  private mutating func group(by key: String) {
    let columns = PlanLists.columns(in: [key]).joined()
    for (label, own) in Dictionary(grouping: columns, by: \.label) {
      let names = own.map(\.name)
      names.forEach { add(distinct: [$0], label) }
      if names.count > 1 { add(distinct: names, label) }
    }
  }

  /// Unique stands above the Sort, or the index, that gives its order.
  private mutating func dropDuplicates(of node: Int) {
    let input = plan.nodes.indices.first { plan.nodes[$0].parent == node }
    input.flatMap { plan.nodes[$0][.sortKey] }.map { group(by: $0) }
  }

  private mutating func filter(at scan: Int) {
    let keys: [PropertyKey] = [.filter, .indexCond, .recheckCond, .storageFilters]
    for predicate in keys.flatMap({ conditions.predicates($0, of: scan) }) { compareWithValues(predicate) }
  }

  private mutating func compareWithValues(_ predicate: ColumnPredicate) {
    predicate.branches.forEach { compareWithValues($0) }
    switch predicate.comparison {
    case .equal, .notEqual, .in, .notIn, .any("="), .all("<>"):
      if let column = predicate.column, predicate.operand.isFixed { add(frequent: column) }
    // A boolean column stands alone.
    case .isTrue, .isNotTrue, .isFalse, .isNotFalse, .opaque:
      if predicate.columns.count == 1, predicate.functions.isEmpty { add(frequent: predicate.columns[0]) }
    default: break
    }
  }

  // MARK: What

  private mutating func add(frequent column: ColumnReference) {
    guard let table = column.label.flatMap({ tables[$0] }), frequent[table]?.contains(column.name) != true
    else { return }
    frequent[table, default: []].append(column.name)
    distinct[table]?.removeAll { $0 == [column.name] }
  }

  private mutating func add(distinct columns: [String], _ label: String?) {
    guard let table = label.flatMap({ tables[$0] }), distinct[table]?.contains(columns) != true,
      columns.count > 1 || frequent[table]?.contains(columns[0]) != true
    else { return }
    distinct[table, default: []].append(columns)
  }
}

extension ColumnReference {
  fileprivate var label: String? { alias ?? qualifier }
}

import PlanModel
import Statements
import Synchronization

/// The conditions that a plan's nodes evaluate, read once by PostgreSQL's grammar, when the first is asked for.
///
/// A statement says what was asked, the plan says where it is evaluated: behind views and after the
/// planner's transformations only the plan's own conditions tell which node tests what. Of most healthy plans
/// no condition is asked for, and reading them would take longer than all else.
public struct PlanConditions: Sendable {
  /// Keys whose values are conditions.
  private static let keys: [PropertyKey] = [
    .filter, .storageFilters, .indexCond, .recheckCond, .joinFilter, .hashCond, .mergeCond,
  ]
  /// Keys whose values are lists of expressions.
  private static let listKeys: [PropertyKey] = [.sortKey, .groupKey]

  private let plan: ExplainedPlan
  private let fixed: Set<Int>
  private let predicates = OnDemand<[Place: [ColumnPredicate]]>()
  private let tested = OnDemand<Set<ColumnReference>>()

  private struct Place: Hashable {
    var node: Int
    var key: PropertyKey
  }

  /// The conditions of a plan.
  ///
  /// - Parameter fixed: parameters of the statement whose values are known: a generic plan shows `$1`.
  public init(_ plan: ExplainedPlan, fixed: Set<Int> = []) {
    self.plan = plan
    self.fixed = fixed
  }

  private func texts(of keys: [PropertyKey]) -> [(place: Place, text: String)] {
    plan.nodes.enumerated().flatMap { index, node in
      keys.compactMap { key in node[key].map { (Place(node: index, key: key), $0) } }
    }
  }

  private func readPredicates() -> [Place: [ColumnPredicate]] {
    let conditions = texts(of: Self.keys)
    let printed = PlanExpression.predicates(in: conditions.map(\.text))
    let read = fixed.isEmpty ? printed : printed.map { list in list.map { $0.fixing(fixed) } }
    return Dictionary(zip(conditions.map(\.place), read), uniquingKeysWith: { first, _ in first })
  }

  private func readTested() -> Set<ColumnReference> {
    let lists = PlanLists.columns(in: texts(of: Self.listKeys).map(\.text))
    let conditions = predicates.value(readPredicates).values
    return Set(lists.joined()).union(conditions.joined().flatMap(\.allColumns))
  }

  /// The members of the AND list of a node's condition; empty where it has none.
  public func predicates(_ key: PropertyKey, of node: Int) -> [ColumnPredicate] {
    guard plan.nodes[node][key] != nil else { return [] }
    return predicates.value(readPredicates)[Place(node: node, key: key)] ?? []
  }

  /// Names of the columns by which the plan filters, joins, sorts or groups a table with this label.
  public func columnNames(label: String) -> Set<String> {
    Set(tested.value(readTested).filter { $0.belongs(to: label) }.map(\.name))
  }

  /// Names, without schema, of the functions that the plan's conditions call and that it scans.
  public var functionNames: Set<String> {
    let called = predicates.value(readPredicates).values.joined().flatMap(\.allFunctions)
    let scanned = plan.nodes.filter { $0.type.name == "Function Scan" }.compactMap { $0.relation?.name }
    return Set(called + scanned)
  }
}

/// A value that is made when it is first wanted, once for all copies of its owner.
private final class OnDemand<Value: Sendable>: Sendable {
  private let made = Mutex<Value?>(nil)

  func value(_ make: () -> Value) -> Value {
    made.withLock { made in
      if let made { return made }
      let value = make()
      made = value
      return value
    }
  }
}

extension ColumnPredicate {
  /// The columns in it, branches included.
  var allColumns: [ColumnReference] { columns + branches.flatMap(\.allColumns) }

  /// The functions in it, branches included.
  fileprivate var allFunctions: [String] { functions + branches.flatMap(\.allFunctions) }

  /// Whether its truth depends on nothing but a row of the table with this label, so that it may stand in
  /// a query over that table alone: no other table, no unknown parameter, no sub-select, no volatile function.
  public func isCountable(label: String) -> Bool {
    let isOwn = allColumns.allSatisfy { $0.belongs(to: label) } && !allColumns.isEmpty
    let isPure = !hasSubSelect && parameters.isEmpty && comparison != .opaque
    return isOwn && isPure && functions.allSatisfy { !FunctionPolicy.harmlessVolatile.contains($0) }
      && branches.allSatisfy { $0.branches.isEmpty || $0.isCountable(label: label) }
  }
}

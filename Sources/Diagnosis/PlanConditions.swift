import PlanModel
import Statements

/// The conditions that a plan's nodes evaluate, read once by PostgreSQL's grammar.
///
/// A statement says what was asked, the plan says where it is evaluated: behind views and after the
/// planner's transformations only the plan's own conditions tell which node tests what.
public struct PlanConditions: Sendable {
  /// Keys whose values are conditions.
  private static let keys: [PropertyKey] = [
    .filter, .storageFilters, .indexCond, .recheckCond, .joinFilter, .hashCond, .mergeCond,
  ]
  /// Keys whose values are lists of expressions.
  private static let listKeys: [PropertyKey] = [.sortKey, .groupKey]

  private let predicates: [Place: [ColumnPredicate]]
  private let tested: Set<ColumnReference>

  private struct Place: Hashable {
    var node: Int
    var key: PropertyKey
  }

  /// Reads every condition of a plan.
  ///
  /// - Parameter fixed: parameters of the statement whose values are known: a generic plan shows `$1`.
  public init(_ plan: ExplainedPlan, fixed: Set<Int> = []) {
    let conditions = Self.texts(in: plan, of: Self.keys)
    let printed = PlanExpression.predicates(in: conditions.map(\.text))
    let read = fixed.isEmpty ? printed : printed.map { list in list.map { $0.fixing(fixed) } }
    predicates = Dictionary(zip(conditions.map(\.place), read), uniquingKeysWith: { first, _ in first })
    let lists = PlanLists.columns(in: Self.texts(in: plan, of: Self.listKeys).map(\.text))
    tested = Set(lists.joined()).union(predicates.values.joined().flatMap(\.allColumns))
  }

  private static func texts(
    in plan: ExplainedPlan, of keys: [PropertyKey]
  ) -> [(place: Place, text: String)] {
    plan.nodes.enumerated().flatMap { index, node in
      keys.compactMap { key in node[key].map { (Place(node: index, key: key), $0) } }
    }
  }

  /// The members of the AND list of a node's condition; empty where it has none.
  public func predicates(_ key: PropertyKey, of node: Int) -> [ColumnPredicate] {
    predicates[Place(node: node, key: key)] ?? []
  }

  /// Names of the columns by which the plan filters, joins, sorts or groups a table with this label.
  public func columnNames(label: String) -> Set<String> {
    Set(tested.filter { $0.belongs(to: label) }.map(\.name))
  }
}

extension ColumnPredicate {
  /// The columns in it, branches included.
  var allColumns: [ColumnReference] { columns + branches.flatMap(\.allColumns) }

  /// Whether its truth depends on nothing but a row of the table with this label, so that it may stand in
  /// a query over that table alone: no other table, no unknown parameter, no sub-select, no volatile function.
  public func isCountable(label: String) -> Bool {
    let isOwn = allColumns.allSatisfy { $0.belongs(to: label) } && !allColumns.isEmpty
    let isPure = !hasSubSelect && parameters.isEmpty && comparison != .opaque
    return isOwn && isPure && functions.allSatisfy { !FunctionPolicy.harmlessVolatile.contains($0) }
      && branches.allSatisfy { $0.branches.isEmpty || $0.isCountable(label: label) }
  }
}

import PlanModel
import Statements
import Synchronization

/// The conditions that a plan's nodes evaluate, read by PostgreSQL's grammar when they are asked for.
///
/// A statement says what was asked, the plan says where it is evaluated: behind views and after the
/// planner's transformations only the plan's own conditions tell which node tests what. Most nodes are
/// never asked about: reading all would take longer than all else that is done with a healthy plan.
public struct PlanConditions: Sendable {
  /// Keys whose values are conditions.
  private static let keys: [PropertyKey] = [
    .filter, .storageFilters, .indexCond, .recheckCond, .joinFilter, .hashCond, .mergeCond,
  ]
  /// Keys whose values are lists of expressions.
  private static let listKeys: [PropertyKey] = [.sortKey, .groupKey]

  private let plan: ExplainedPlan
  private let fixed: Set<Int>
  private let readings = Readings()

  /// The conditions of a plan.
  ///
  /// - Parameter fixed: parameters of the statement whose values are known: a generic plan shows `$1`.
  public init(_ plan: ExplainedPlan, fixed: Set<Int> = []) {
    self.plan = plan
    self.fixed = fixed
  }

  /// The members of the AND list of a node's condition; empty where it has none.
  public func predicates(_ key: PropertyKey, of node: Int) -> [ColumnPredicate] {
    guard Self.keys.contains(key), let text = plan.nodes[node][key] else { return [] }
    return readings.predicates(in: [text], fixed).first ?? []
  }

  /// Names of the columns by which the plan filters, joins, sorts or groups a table with this label.
  public func columnNames(label: String) -> Set<String> {
    let tested = readings.columns {
      let predicates = readings.predicates(in: texts(of: Self.keys), fixed)
      let lists = PlanLists.columns(in: texts(of: Self.listKeys))
      return Set(lists.joined()).union(predicates.joined().flatMap(\.allColumns))
    }
    return Set(tested.filter { $0.belongs(to: label) }.map(\.name))
  }

  private func texts(of keys: [PropertyKey]) -> [String] {
    plan.nodes.flatMap { node in keys.compactMap { node[$0] } }
  }
}

/// What was read so far. Reading gives the same whoever asks first, so that it need not be done only once.
private final class Readings: Sendable {
  private let predicates = Mutex<[String: [ColumnPredicate]]>([:])
  private let columns = Mutex<Set<ColumnReference>?>(nil)

  /// The predicates of each text.
  func predicates(in texts: [String], _ fixed: Set<Int>) -> [[ColumnPredicate]] {
    let missing = predicates.withLock { known in texts.filter { known[$0] == nil } }
    let printed = missing.isEmpty ? [] : PlanExpression.predicates(in: missing)
    let read = fixed.isEmpty ? printed : printed.map { list in list.map { $0.fixing(fixed) } }
    return predicates.withLock { predicates in
      for (text, list) in zip(missing, read) { predicates[text] = list }
      return texts.map { predicates[$0] ?? [] }
    }
  }

  func columns(_ read: () -> Set<ColumnReference>) -> Set<ColumnReference> {
    if let known = columns.withLock({ $0 }) { return known }
    let found = read()
    columns.withLock { $0 = found }
    return found
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

import Catalog
import Diagnosis
import PlanModel
import PlanReading
import Postgres
import Statements

/// Whether the SELECT that stands for an UPDATE or DELETE gets the plan that the statement itself would.
///
/// Plain EXPLAIN of the user's own statement (it executes nothing) is compared with the SELECT's plan:
/// node types, relations, conditions and total cost below ModifyTable.
public enum RewriteFidelity: Sendable, Equatable {
  /// Same nodes, relations, conditions and total cost.
  case same
  /// What differs, first difference first.
  case differs([String])
  /// The server would not explain the statement; its words.
  case notCompared(String)

  /// Compares; `nil` when the statement was not rewritten.
  static func check(
    _ request: CaptureRequest, against plan: ExplainedPlan, on session: Session, functions: FunctionAdmission
  ) async -> RewriteFidelity? {
    guard request.statement.origin != .select else { return nil }
    do throws(CaptureError) {
      if let objection = try await functions.objectionToPlanningOriginal(request, on: session) {
        return .notCompared(objection)
      }
      return compare(try await ownPlan(request, on: session), plan)
    } catch {
      return .notCompared(reason(error, request.statement.origin))
    }
  }

  private static func ownPlan(
    _ request: CaptureRequest, on session: Session
  ) async throws(CaptureError) -> ExplainedPlan {
    let form = ExplainForm(request.engine, analyze: false)
    let original = request.statement.originalFragment
    let rows: Rows
    do throws(PostgresError) {
      let settings = request.transaction(timeout: request.timeout)
      rows = try await session.transaction(settings) { transaction throws(PostgresError) in
        let numbers = request.statement.originalParameters
        // SET gives a parameter its column's type, which the SELECT's list does not.
        return try await ExplainableStatement.make(original, numbers: numbers, for: request, in: transaction)
          .explain(form)
      }
    } catch {
      throw .postgres(error)
    }
    return try Capture.read(rows).plan
  }

  private static func reason(_ error: CaptureError, _ origin: StatementOrigin) -> String {
    guard case .postgres(.server(let server)) = error else { return "the plan could not be read" }
    return server.sqlState.isPermissionDenied ? "the role may not \(origin.rawValue)" : server.message
  }

  // MARK: Comparing

  /// Compares the statement's own plan, but for its ModifyTable, with the SELECT's.
  static func compare(_ own: ExplainedPlan, _ select: ExplainedPlan) -> RewriteFidelity {
    guard let own = ComparedPlan(modifying: own) else {
      return .differs(["the statement's plan has no node below \(own.root.type.name)"])
    }
    let select = ComparedPlan(select)
    guard own.order.count == select.order.count else {
      return .differs(["\(own.order.count) nodes against \(select.order.count)"])
    }
    let differences = own.order.indices.compactMap { own.difference(from: select, at: $0) }
    return differences.isEmpty ? .same : .differs(differences)
  }
}

/// A plan's nodes in the order in which two plans are compared.
private struct ComparedPlan {
  private let plan: ExplainedPlan
  private let conditions: PlanConditions
  /// Indices of the plan's nodes.
  let order: [Int]

  init(_ plan: ExplainedPlan) {
    self.plan = plan
    conditions = PlanConditions(plan)
    order = Array(plan.nodes.indices)
  }

  /// What stands below ModifyTable. Init plans and CTEs hang on the topmost node, which a SELECT has in
  /// ModifyTable's place.
  init?(modifying plan: ExplainedPlan) {
    let children = plan.nodes.indices.filter { plan.nodes[$0].parent == 0 }
    guard let top = children.first(where: { plan.nodes[$0].relationship == .member }) else { return nil }
    self.plan = plan
    conditions = PlanConditions(plan)
    let hanging = children.filter { $0 != top }.flatMap { plan.subtree(of: $0) }
    order = [top] + hanging + plan.subtree(of: top).dropFirst()
  }

  private static let conditionKeys: [PropertyKey] = [
    .filter, .indexCond, .recheckCond, .hashCond, .mergeCond, .joinFilter, .tidCond,
  ]

  func difference(from other: ComparedPlan, at place: Int) -> String? {
    let (node, match) = (plan.nodes[order[place]], other.plan.nodes[other.order[place]])
    if node.type != match.type { return "\(node.type.name) against \(match.type.name)" }
    if node.relation != match.relation || node.indexName != match.indexName {
      return "\(node.type.name) reads another relation or index"
    }
    if let key = Self.conditionKeys.first(where: { !isSame($0, as: other, at: place) }) {
      return "\(key.name) of \(node.type.name)"
    }
    guard totalCost(at: place) != other.totalCost(at: place) else { return nil }
    return """
      cost of \(node.type.name): \(totalCost(at: place) ?? 0) against \(other.totalCost(at: place) ?? 0)
      """
  }

  /// The topmost node's cost with that of its init plans: what the whole plan is charged.
  private func totalCost(at place: Int) -> Double? {
    plan.nodes[place == 0 ? 0 : order[place]].estimate?.totalCost
  }

  /// A view's condition stands before or behind the statement's own: the order of an AND list means nothing.
  private func isSame(_ key: PropertyKey, as other: ComparedPlan, at place: Int) -> Bool {
    let (index, match) = (order[place], other.order[place])
    if plan.nodes[index][key] == other.plan.nodes[match][key] { return true }
    let members = conditions.predicates(key, of: index).map(\.regardlessOfSides)
    return !members.isEmpty
      && Set(members) == Set(other.conditions.predicates(key, of: match).map(\.regardlessOfSides))
  }
}

extension ColumnPredicate {
  /// The text, and of an equality of two columns the same for `a = b` and `b = a`.
  fileprivate var regardlessOfSides: String? {
    guard comparison == .equal, isBareColumn, let column, case .column(let other) = operand else {
      return text?.text
    }
    return [column, other].map { "\($0.qualifier ?? "").\($0.name)" }.sorted().joined(separator: " = ")
  }
}

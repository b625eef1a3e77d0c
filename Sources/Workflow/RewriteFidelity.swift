import Catalog
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
        try await transaction.query(form.statement(original).text)
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

  /// Compares the statement's own plan, below its ModifyTable, with the SELECT's.
  static func compare(_ own: ExplainedPlan, _ select: ExplainedPlan) -> RewriteFidelity {
    guard let top = own.nodes.indices.dropFirst().first(where: { own.nodes[$0].relationship == .member })
    else {
      return .differs(["the statement's plan has no node below \(own.root.type.name)"])
    }
    let ownNodes = own.subtree(of: top).map { own.nodes[$0] }
    guard ownNodes.count == select.nodes.count else {
      return .differs(["\(ownNodes.count) nodes against \(select.nodes.count)"])
    }
    let differences = zip(ownNodes, select.nodes).compactMap(difference)
    return differences.isEmpty ? .same : .differs(differences)
  }

  private static let conditions: [PropertyKey] = [
    .filter, .indexCond, .recheckCond, .hashCond, .mergeCond, .joinFilter, .tidCond,
  ]

  private static func difference(_ own: PlanNode, _ select: PlanNode) -> String? {
    if own.type != select.type { return "\(own.type.name) against \(select.type.name)" }
    if own.relation != select.relation || own.indexName != select.indexName {
      return "\(own.type.name) reads another relation or index"
    }
    if let key = conditions.first(where: { own[$0] != select[$0] }) {
      return "\(key.name) of \(own.type.name)"
    }
    guard own.estimate?.totalCost != select.estimate?.totalCost else { return nil }
    return """
      cost of \(own.type.name): \(own.estimate?.totalCost ?? 0) against \(select.estimate?.totalCost ?? 0)
      """
  }
}

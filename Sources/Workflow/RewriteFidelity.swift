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
  /// The same, since index-only scans were off.
  case sameWithoutIndexOnlyScans
  /// What differs, first difference first, and why the planner makes it so; `nil` where that is not known.
  case differs([String], PlannerReason?)
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
      let fidelity = compare(
        try await ownPlan(request, on: session), plan, notes: request.statement.notes)
      return fidelity == .same && request.avoidsIndexOnlyScans ? .sameWithoutIndexOnlyScans : fidelity
    } catch {
      return .notCompared(reason(error, request.statement.origin))
    }
  }

  /// Whether the SELECT must do without index-only scans to get the statement's plan.
  ///
  /// The statement fetches the row of every table that it joins, those in EXISTS and IN included, which a
  /// SELECT cannot name: an index alone does not do for it.
  static func mustAvoidIndexOnlyScans(
    _ request: CaptureRequest, on session: Session, functions: FunctionAdmission
  ) async -> Bool {
    guard request.statement.origin != .select, request.engine.hasWorkMem else { return false }
    do throws(CaptureError) {
      let select = try await Capture.explain(
        request, transaction: request.transaction(timeout: request.timeout), on: session,
        ExplainForm(request.engine, analyze: false)
      ).plan
      guard select.hasIndexOnlyScan,
        try await functions.objectionToPlanningOriginal(request, on: session) == nil
      else { return false }
      return try await !ownPlan(request, on: session).hasIndexOnlyScan
    } catch {
      // What cannot be explained is reported by the capture itself.
      return false
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
    if case .postgres(.unresponsive) = error { return "the connection was lost" }
    guard case .postgres(.server(let server)) = error else { return "the plan could not be read" }
    return server.sqlState.isPermissionDenied ? "the role may not \(origin.rawValue)" : server.message
  }

  /// The same, with row-level security as the reason where other policies bind the statement than the SELECT.
  func explained(by context: SessionContext) -> RewriteFidelity {
    guard case .differs(let differences, _) = self, context.secured.contains(where: \.choosesOtherRowsToWrite)
    else { return self }
    return .differs(differences, .rowSecurity)
  }

  // MARK: Comparing

  /// Compares the statement's own plan, but for its ModifyTable, with the SELECT's.
  static func compare(
    _ own: ExplainedPlan, _ select: ExplainedPlan, notes: [AdmissionNote] = []
  ) -> RewriteFidelity {
    guard let compared = ComparedPlan(modifying: own, like: select, notes: notes) else {
      return .differs(["the statement's plan has no node below \(own.root.type.name)"], nil)
    }
    let differences = compared.differences(from: ComparedPlan(select))
    guard !differences.isEmpty else { return .same }
    return .differs(differences, PlannerReason(own: own, select: select, notes: notes))
  }
}

extension ExplainedPlan {
  fileprivate var hasIndexOnlyScan: Bool { nodes.contains { $0.type.name == "Index Only Scan" } }
}

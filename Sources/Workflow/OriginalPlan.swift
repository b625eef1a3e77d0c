import PlanModel
import Postgres
import Statements

/// What plain EXPLAIN, which executes nothing, says of the user's own UPDATE or DELETE.
enum OriginalPlan {
  /// Its plan, ModifyTable on top.
  case estimated(ExplainedPlan)
  /// Why it is not known; the server's words, or what planning it would run.
  case unknown(String)

  /// Explains it; `nil` for a statement that runs as it was given.
  static func explained(
    _ request: CaptureRequest, on session: Session, functions: FunctionAdmission
  ) async -> OriginalPlan? {
    guard request.statement.origin != .select else { return nil }
    do throws(CaptureError) {
      if let objection = try await functions.objectionToPlanningOriginal(request, on: session) {
        return .unknown(objection)
      }
      return .estimated(try await plan(request, on: session))
    } catch {
      return .unknown(reason(error, request.statement.origin))
    }
  }

  /// Whether the SELECT must do without index-only scans to get this plan.
  ///
  /// The statement fetches the row of every table that it joins, those in EXISTS and IN included, which a
  /// SELECT cannot name: an index alone does not do for it.
  func forbidsIndexOnlyScans(of request: CaptureRequest, on session: Session) async -> Bool {
    guard case .estimated(let own) = self, !own.hasIndexOnlyScan, request.engine.hasWorkMem else {
      return false
    }
    let form = ExplainForm(request.engine, analyze: false)
    let settings = request.transaction(timeout: request.timeout)
    // What cannot be explained is reported by the capture itself.
    let select = try? await Capture.explain(request, transaction: settings, on: session, form)
    return select?.plan.hasIndexOnlyScan ?? false
  }

  private static func plan(
    _ request: CaptureRequest, on session: Session
  ) async throws(CaptureError) -> ExplainedPlan {
    let (sql, numbers) = (request.statement.originalFragment, request.statement.originalParameters)
    let rows: Rows
    do throws(PostgresError) {
      let settings = request.transaction(timeout: request.timeout)
      rows = try await session.transaction(settings) { transaction throws(PostgresError) in
        // SET gives a parameter its column's type, which the SELECT's list does not.
        try await ExplainableStatement.make(sql, numbers: numbers, for: request, in: transaction)
          .explain(ExplainForm(request.engine, analyze: false))
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
}

extension ExplainedPlan {
  fileprivate var hasIndexOnlyScan: Bool { nodes.contains { $0.type.name == "Index Only Scan" } }
}

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
  ///
  /// - Throws: `originalRefused` for a statement that the server does not take, whatever its SELECT would do.
  static func explained(
    _ request: CaptureRequest, on session: Session
  ) async throws(CaptureError) -> Planned<OriginalPlan>? {
    guard request.statement.origin != .select else { return nil }
    let settings = request.transaction(timeout: request.timeout)
    return try await request.planning(settings, on: session) { transaction throws(CaptureError) in
      do throws(CaptureError) {
        let objection = try await request.functions.objectionToPlanningOriginal(request, in: transaction)
        if let objection { return .unknown(objection) }
        return .estimated(try await plan(request, in: transaction))
      } catch {
        return .unknown(try reason(error, request.statement.origin))
      }
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
    _ request: CaptureRequest, in transaction: Transaction
  ) async throws(CaptureError) -> ExplainedPlan {
    let (sql, numbers) = (request.statement.originalFragment, request.statement.originalParameters)
    let rows = try await CaptureError.wrapping { () throws(PostgresError) in
      // SET gives a parameter its column's type, which the SELECT's list does not.
      try await ExplainableStatement.make(sql, numbers: numbers, for: request, in: transaction)
        .explain(ExplainForm(request.engine, analyze: false))
    }
    return try Capture.read(rows).plan
  }

  /// - Throws: the error itself when the session does not go on, or the statement is wrong.
  private static func reason(_ error: CaptureError, _ origin: StatementOrigin) throws(CaptureError) -> String
  {
    guard case .postgres(let postgres) = error else { return "the plan could not be read" }
    guard !postgres.isWorthRepeating, let refusal = Refusal(postgres) else { throw error }
    guard case .server(let server) = postgres else { return refusal.reason }
    if server.sqlState == .insufficientPrivilege { return "the role may not \(origin.rawValue)" }
    if server.sqlState.isOfStatement { throw .originalRefused(server) }
    return refusal.reason
  }
}

extension ExplainedPlan {
  fileprivate var hasIndexOnlyScan: Bool { nodes.contains { $0.type.name == "Index Only Scan" } }
}

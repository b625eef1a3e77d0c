import Catalog
import Postgres
import Statements

/// The second layer of safety, with the catalog: no function outside the allow-list is planned or run.
///
/// Planning runs IMMUTABLE and STABLE functions already, so this comes before any EXPLAIN. The statement,
/// the views and row-level-security policies behind it, and the domains and casts that its values may go
/// through are searched for calls; each name is looked up, and every function that it may mean must pass
/// ``FunctionPolicy``.
public struct FunctionAdmission: Sendable {
  let policy: FunctionPolicy

  /// Admission with the names that the user vouches for.
  public init(allowed: Set<String> = []) { policy = FunctionPolicy(allowing: allowed) }

  /// - Throws: the first rejection, or the server's error.
  func check(_ request: CaptureRequest, on session: Session) async throws(CaptureError) {
    guard request.engine.hasFunctionCatalog else { return try rejectUnknown(request.statement) }
    let policy = policy
    let rejection = try await search(request, on: session) { search throws(PostgresError) in
      try await search.rejection(of: search.callers(), by: policy)
    }
    if let rejection { throw .functionRejected(rejection) }
  }

  /// Without a catalog of functions no name can be looked up: only what the user vouches for passes.
  private func rejectUnknown(_ statement: AdmittedStatement) throws(CaptureError) {
    let unknown = statement.calls.functions.first { !policy.allowed.contains($0.name) }
    guard let unknown else { return }
    throw .functionRejected(
      FunctionRejection(function: unknown.name, objection: .cannotBeLookedUp, path: nil))
  }

  /// Why the user's own UPDATE or DELETE must not even be planned, though its SELECT may run: planning
  /// it also looks at rules, defaults and the checks of policies; `nil` where nothing is in the way.
  func objectionToPlanningOriginal(
    _ request: CaptureRequest, on session: Session
  ) async throws(CaptureError) -> String? {
    let policy = policy
    return try await search(request, on: session) { search throws(PostgresError) in
      let callers = try await search.writingCallers()
      if let rule = callers.first(where: { $0.calls == nil })?.path { return "\(rule) changes what it does" }
      return try await search.rejection(of: callers, by: policy, plannedOnly: true)?.description
    }
  }

  private func search<Value>(
    _ request: CaptureRequest, on session: Session,
    _ body: (FunctionSearch) async throws(PostgresError) -> Value
  ) async throws(CaptureError) -> Value {
    do throws(PostgresError) {
      return try await session.transaction(request.questions) { transaction throws(PostgresError) in
        try await body(FunctionSearch.start(for: request.statement, in: transaction))
      }
    } catch {
      throw .postgres(error)
    }
  }
}

/// A function that is not allowed.
public struct FunctionRejection: Sendable, Equatable, CustomStringConvertible {
  /// `schema.name`
  public let function: String
  /// Why.
  public let objection: FunctionObjection
  /// What calls it: a view, a policy, a domain, a cast; `nil` where the statement does so itself.
  public let path: String?

  /// One sentence: which function, where, why, and what to do.
  public var description: String {
    let place = path.map { "\($0) → function \(function)" } ?? "function \(function)"
    return "\(place) is rejected: \(objection.reason); --allow-function \(function) vouches for it"
  }
}

import Catalog
import Postgres
import Statements

/// The second layer of safety, with the catalog: no function outside the allow-list is planned or run.
///
/// Planning runs IMMUTABLE and STABLE functions already, so this comes before any EXPLAIN. The statement's
/// names are looked up, and every function that one of them may mean must pass ``FunctionPolicy``; the
/// views, policies, domain constraints and foreign tables behind it are walked by the OIDs that they hold.
/// Where the server does not show `pg_proc`, names alone decide, and a gap says so.
public struct FunctionAdmission: Sendable {
  let policy: FunctionPolicy

  /// Admission with the names that the user vouches for.
  public init(allowed: Set<QualifiedName> = []) { policy = FunctionPolicy(allowing: allowed) }

  /// - Throws: the first rejection, or the server's error.
  func check(
    _ request: CaptureRequest, in transaction: Transaction
  ) async throws(CaptureError) -> AdmittedFunctions {
    guard request.engine.hasFunctionCatalog else {
      return try await checkNames(request, because: "\(request.engine.name) has no pg_proc", in: transaction)
    }
    do throws(CaptureError) {
      return try await checkCatalog(request, in: transaction)
    } catch {
      guard case .postgres(.server(let refusal)) = error, refusal.sqlState.isPermissionDenied else {
        throw error
      }
      return try await checkNames(request, because: refusal.message, in: transaction)
    }
  }

  private func checkCatalog(
    _ request: CaptureRequest, in transaction: Transaction
  ) async throws(CaptureError) -> AdmittedFunctions {
    let policy = policy
    let answer = try await search(request, in: transaction) { search throws(PostgresError) in
      try await search.judge(search.callers(with: request.parameters), by: policy)
    }
    if let rejection = answer.rejection { throw .functionRejected(rejection) }
    return AdmittedFunctions(unusedVouches: unused(answer.seen))
  }

  private func unused(_ seen: Set<QualifiedName>) -> [QualifiedName] {
    policy.allowed.filter { vouch in
      !seen.contains { $0.name == vouch.name && (vouch.schema == nil || $0.schema == vouch.schema) }
    }.sorted()
  }

  /// Without a catalog of functions, PostgreSQL's own names decide, and what the user vouches for.
  private func checkNames(
    _ request: CaptureRequest, because reason: String, in transaction: Transaction
  ) async throws(CaptureError) -> AdmittedFunctions {
    let statement = FunctionCaller(path: nil, calls: request.statement.calls)
    var callers = [statement]
    var gap = AdmittedFunctions.judgedByNames(reason)
    do throws(CaptureError) {
      callers += try await asking(request, in: transaction) { transaction throws(PostgresError) in
        try await ViewTexts(transaction).callers(behind: request.statement)
      }
    } catch {
      gap = AdmittedFunctions.judgedByNames(reason + "; views could not be read either")
    }
    if let rejection = callers.lazy.compactMap(rejectionByName).first { throw .functionRejected(rejection) }
    let seen = callers.flatMap { $0.calls?.functions ?? [] }.map { QualifiedName(schema: nil, name: $0.name) }
    return AdmittedFunctions(
      gaps: [gap],
      unusedVouches: policy.allowed.filter { vouch in !seen.contains { $0.name == vouch.name } }.sorted())
  }

  private func rejectionByName(_ caller: FunctionCaller) -> FunctionRejection? {
    guard let calls = caller.calls else {
      return caller.unreadable(by: policy)
    }
    return policy.rejectedName(in: calls).map {
      FunctionRejection(function: $0.name, objection: .cannotBeLookedUp, path: caller.path, kind: $0.kind)
    }
  }

  /// Why the user's own UPDATE or DELETE must not even be planned, though its SELECT may run: planning
  /// it also looks at rules, defaults and the checks of policies; `nil` where nothing is in the way.
  func objectionToPlanningOriginal(
    _ request: CaptureRequest, in transaction: Transaction
  ) async throws(CaptureError) -> String? {
    let policy = policy
    guard request.engine.hasFunctionCatalog else { return "what planning it would call cannot be looked up" }
    return try await search(request, in: transaction) { search throws(PostgresError) in
      let callers = try await search.writingCallers(with: request.parameters)
      if let rule = callers.first(where: { $0.unreadable != nil })?.path {
        return "\(rule) changes what it does"
      }
      return try await search.judge(callers, by: policy, plannedOnly: true).rejection?.description
    }
  }

  private func search<Value>(
    _ request: CaptureRequest, in transaction: Transaction,
    _ body: (FunctionSearch) async throws(PostgresError) -> Value
  ) async throws(CaptureError) -> Value {
    try await asking(request, in: transaction) { transaction throws(PostgresError) in
      try await body(FunctionSearch.start(for: request.statement, in: transaction))
    }
  }

  /// The search leaves the application's search path, and what the role may not read must not end the
  /// transaction.
  private func asking<Value>(
    _ request: CaptureRequest, in transaction: Transaction,
    _ body: (Transaction) async throws(PostgresError) -> Value
  ) async throws(CaptureError) -> Value {
    try await CaptureError.wrapping { () throws(PostgresError) in
      guard request.engine.hasSavepoints else { return try await body(transaction) }
      return try await transaction.apart(limit: CaptureRequest.limitOfQuestions, body).get()
    }
  }
}

/// What the report must say of an admission that succeeded.
public struct AdmittedFunctions: Sendable, Equatable {
  /// What could not be looked at.
  public var gaps: [EvidenceGap]
  /// Names given with `--allow-function` that nothing in reach of the statement bears.
  public var unusedVouches: [QualifiedName]

  /// Nothing to say, or what there is to say.
  public init(gaps: [EvidenceGap] = [], unusedVouches: [QualifiedName] = []) {
    self.gaps = gaps
    self.unusedVouches = unusedVouches
  }

  static func judgedByNames(_ reason: String) -> EvidenceGap {
    EvidenceGap(
      missing: "what the functions, operators and types of this statement do",
      reason: "\(reason): they were judged by their names, of which only PostgreSQL's own passed; "
        + "not seen are user-made ones of the same names, calls written as row.name, casts, policies, "
        + "domain constraints, index expressions and foreign tables"
    )
  }
}

/// A function that is not allowed.
public struct FunctionRejection: Sendable, Equatable, CustomStringConvertible {
  /// With its schema, where that is known.
  public let function: QualifiedName
  /// Why.
  public let objection: FunctionObjection
  /// What calls it: a view, a policy, a domain, a cast; `nil` where the statement does so itself.
  public let path: String?
  /// What the name stands for.
  public var kind = CalledKind.function

  static func ambiguous(_ name: String) -> FunctionRejection {
    FunctionRejection(
      function: QualifiedName(schema: nil, name: name), objection: .isAmbiguous, path: "the name \(name)")
  }

  /// One sentence: which function, where, why, and what to do.
  public var description: String {
    guard objection.canBeVouchedFor else {
      return "\(path ?? function.label) is rejected: \(objection.reason)"
    }
    let name = kind == .operator ? function.label : function.quoted
    let place = (path.map { "\($0) → " } ?? "") + "\(kind.rawValue) \(name)"
    return
      "\(place) is rejected: \(objection.reason); --allow-function \(ShellWord(name)) vouches for it"
  }
}

import Catalog
import Postgres
import Statements

/// The second layer of safety, with the catalog: no function outside the allow-list is planned or run.
///
/// Planning runs IMMUTABLE and STABLE functions already, so this comes before any EXPLAIN. The statement
/// and the views and row-level-security policies behind it are searched for calls; each name is looked
/// up, and every function that it may mean must pass ``FunctionPolicy``.
public struct FunctionAdmission: Sendable {
  let policy: FunctionPolicy

  /// Admission with the names that the user vouches for.
  public init(allowed: Set<String> = []) { policy = FunctionPolicy(allowing: allowed) }

  /// - Throws: the first rejection, or the server's error.
  func check(_ request: CaptureRequest, on session: Session) async throws(CaptureError) {
    let transaction = TransactionSettings(
      statementTimeout: .seconds(10), settings: request.settings, engine: request.engine)
    let callers = try await callers(of: request.statement, in: transaction, on: session)
    let lookup = FunctionLookup(callers)
    guard !lookup.isEmpty else { return }
    let answers = try await ask(lookup.statements, in: transaction, on: session)
    if let rejection = lookup.rejection(functions: answers[0], operators: answers[1], policy: policy) {
      throw .functionRejected(rejection)
    }
  }

  /// The statement itself, and the views and policies that it reads through.
  private func callers(
    of statement: AdmittedStatement, in transaction: TransactionSettings, on session: Session
  ) async throws(CaptureError) -> [Caller] {
    let own = Caller(path: nil, calls: statement.calls)
    let tables = statement.shape.tables.filter { $0.kind == .table }.map(\.qualifiedName)
    guard !tables.isEmpty else { return [own] }
    let rows = try await ask([FunctionQueries(tables: tables).definitions], in: transaction, on: session)[0]
    return [own] + rows.compactMap(caller)
  }

  /// A definition that the grammar of this build does not understand stays unseen; the server has accepted
  /// it, and its own functions' effects are still stopped by the read-only transaction.
  private func caller(_ row: Row) -> Caller? {
    guard let definition = row["definition"], let path = row["path"],
      let text = try? StatementText(definition),
      let admitted = try? Admission.admit(text, parameters: .notNeeded)
    else { return nil }
    return Caller(path: path, calls: admitted.calls)
  }

  private func ask(
    _ statements: [SafeSQL], in transaction: TransactionSettings, on session: Session
  ) async throws(CaptureError) -> [Rows] {
    do throws(PostgresError) {
      return try await session.transaction(transaction) { transaction throws(PostgresError) in
        try await transaction.queryAll(statements.map { Statement($0.text) })
      }
    } catch {
      throw .postgres(error)
    }
  }

  /// Something that calls functions.
  struct Caller {
    /// `view public.v`, `policy p on public.t`; `nil` for the statement itself.
    let path: String?
    let calls: CalledNames
  }
}

/// A function that is not allowed.
public struct FunctionRejection: Sendable, Equatable, CustomStringConvertible {
  /// `schema.name`
  public let function: String
  /// Why.
  public let objection: FunctionObjection
  /// The view or policy that calls it; `nil` where the statement does so itself.
  public let path: String?

  /// One sentence: which function, where, why, and what to do.
  public var description: String {
    let place = path.map { "\($0) → function \(function)" } ?? "function \(function)"
    return "\(place) is rejected: \(objection.reason); --allow-function \(function) vouches for it"
  }
}

extension FunctionObjection {
  /// Why, as the second half of a sentence.
  var reason: String {
    switch self {
    case .isVolatile: "it is VOLATILE and may write"
    case .hasEffects: "it runs queries of its own or assigns a transaction ID"
    case .isUserCode: "it is user-written code, which planning would already run"
    }
  }
}

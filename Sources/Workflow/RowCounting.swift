import Catalog
import Postgres
import Statements

/// Counts the rows of one table, and those for which its predicates hold, before a deadline.
struct RowCounting {
  let pass: CountingPass
  let request: CaptureRequest
  /// When the budget for scans of user tables is used up.
  let deadline: ContinuousClock.Instant
  let session: Session

  /// Counts in one pass; the gap when that could not be done.
  ///
  /// - Throws: only when the connection is lost or the run cancelled.
  func count(into relation: inout RelationEvidence) async throws(PostgresError) -> EvidenceGap? {
    guard let error = try await run(pass, into: &relation) else { return nil }
    guard error.isDataDependent, !pass.conjunctions.isEmpty else { return pass.gap(error.reason) }
    return try await countApart(into: &relation)
  }

  /// A predicate that cannot be evaluated on every row (a cast that another predicate protected) costs its
  /// own count, not those of the others nor that of the rows.
  private func countApart(into relation: inout RelationEvidence) async throws(PostgresError) -> EvidenceGap? {
    if let error = try await run(pass.counting([]), into: &relation) { return pass.gap(error.reason) }
    var counts: [PredicateCount] = []
    var refused: [[CountablePredicate]] = []
    var reason = ""
    for conjunction in pass.conjunctions {
      if let error = try await run(pass.counting([conjunction]), into: &relation) {
        refused.append(conjunction)
        reason = error.reason
      } else {
        counts += relation.predicateCounts
      }
    }
    relation.predicateCounts = counts
    return refused.isEmpty ? nil : pass.counting(refused).selectivityGap(reason)
  }

  /// Runs one counting statement; the server's error when it refused.
  private func run(
    _ pass: CountingPass, into relation: inout RelationEvidence
  ) async throws(PostgresError) -> Refusal? {
    let left = deadline - .now
    guard left > .zero else { return .budgetUsedUp }
    do throws(CaptureError) {
      let transaction = TransactionSettings(
        statementTimeout: left, settings: request.settings, engine: request.engine)
      // The plan's conditions are the user's own text.
      let rows = try await request.answer(to: request.bound(pass.statement), transaction, on: session)
      pass.read(rows, into: &relation)
      return nil
    } catch {
      return try Refusal(error)
    }
  }

  /// Why a pass could not be done.
  private enum Refusal {
    case budgetUsedUp
    case server(ServerError)
    case rejected(String)

    /// - Throws: the error itself when the session does not go on.
    init(_ error: CaptureError) throws(PostgresError) {
      switch error {
      case .postgres(.timedOut): self = .budgetUsedUp
      case .postgres(.server(let server)) where server.isStatementTimeout: self = .budgetUsedUp
      case .postgres(.server(let server)): self = .server(server)
      case .postgres(let error): throw error
      default: self = .rejected(error.rejection?.description ?? "it could not be asked")
      }
    }

    var reason: String {
      switch self {
      case .budgetUsedUp: "the budget for scans of user tables is used up"
      case .server(let error): error.message
      case .rejected(let words): words
      }
    }

    /// Another set of predicates may do better.
    var isDataDependent: Bool {
      if case .server(let error) = self { !error.sqlState.isPermissionDenied } else { false }
    }
  }
}

extension CaptureRequest {
  /// A statement made of a plan's conditions: a generic plan's name the parameters, a custom plan's the values.
  func bound(_ sql: SafeSQL) -> Statement {
    planKind == .generic ? parameters.statement(sql) : Statement(sql.text)
  }
}

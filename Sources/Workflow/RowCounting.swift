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
    do throws(PostgresError) {
      let transaction = TransactionSettings(
        statementTimeout: left, settings: request.settings, engine: request.engine)
      let rows = try await session.transaction(transaction) { transaction throws(PostgresError) in
        try await transaction.answer(to: request.bound(pass.statement))
      }
      pass.read(rows, into: &relation)
      return nil
    } catch {
      guard case .server(let server) = error else { throw error }
      return server.isStatementTimeout ? .budgetUsedUp : .server(server)
    }
  }

  /// Why a pass could not be done.
  private enum Refusal {
    case budgetUsedUp
    case server(ServerError)

    var reason: String {
      switch self {
      case .budgetUsedUp: "the budget for scans of user tables is used up"
      case .server(let error): error.message
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

import Catalog
import Postgres
import Statements

/// Scans user tables, one after another on one session, before a deadline.
struct RowCounting: Sendable {
  let request: CaptureRequest
  /// When the budget for scans of user tables is used up.
  let deadline: ContinuousClock.Instant
  let session: Session

  /// What a scan counts, or the gap when that could not be done.
  ///
  /// - Throws: only when the connection is lost or the run cancelled.
  func count(_ job: CountingJob) async throws(PostgresError) -> CountedFacts {
    switch job {
    case .pass(let pass): return try await count(pass)
    case .values(let values):
      switch try await rows(of: values.statement) {
      case .success(let rows): return values.read(rows)
      case .failure(let refusal): return CountedFacts(values.table, gap: values.gap(refusal.reason))
      }
    }
  }

  private func count(_ pass: CountingPass) async throws(PostgresError) -> CountedFacts {
    switch try await rows(of: pass.statement) {
    case .success(let rows): return pass.read(rows)
    case .failure(let refusal) where refusal.isDataDependent && !pass.conjunctions.isEmpty:
      return try await countApart(pass)
    case .failure(let refusal): return CountedFacts(pass.table, gap: pass.gap(refusal.reason))
    }
  }

  /// A predicate that cannot be evaluated on every row (a cast that another predicate protected) costs its
  /// own count, not those of the others nor that of the rows.
  private func countApart(_ pass: CountingPass) async throws(PostgresError) -> CountedFacts {
    var facts: CountedFacts
    switch try await rows(of: pass.counting([]).statement) {
    case .success(let rows): facts = pass.counting([]).read(rows)
    case .failure(let refusal): return CountedFacts(pass.table, gap: pass.gap(refusal.reason))
    }
    var refused: [[CountablePredicate]] = []
    for conjunction in pass.conjunctions {
      let single = pass.counting([conjunction])
      switch try await rows(of: single.statement) {
      case .success(let rows): facts.predicateCounts += single.read(rows).predicateCounts
      case .failure(let refusal):
        refused.append(conjunction)
        facts.gap = pass.counting(refused).selectivityGap(refusal.reason)
      }
    }
    return facts
  }

  /// Runs one counting statement; the server's error when it refused.
  private func rows(of sql: SafeSQL) async throws(PostgresError) -> Result<Rows, Refusal> {
    let left = deadline - .now
    guard left > .zero else { return .failure(.budgetUsedUp) }
    do throws(CaptureError) {
      let transaction = TransactionSettings(
        statementTimeout: left, settings: request.settings, engine: request.engine)
      // The plan's conditions are the user's own text.
      return .success(try await request.answer(to: request.bound(sql), transaction, on: session))
    } catch {
      return .failure(try Refusal(error))
    }
  }

  /// Why a pass could not be done.
  private enum Refusal: Error {
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

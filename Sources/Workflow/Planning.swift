import Postgres

/// What a transaction came to, and what admission had to say at its start.
struct Planned<Value> {
  let value: Value
  let functions: AdmittedFunctions
}

extension CaptureRequest {
  /// Runs a body in a transaction in which the statement may be planned: what it may call was looked at in
  /// this very transaction.
  ///
  /// Not once for all of them: between two transactions somebody may make or replace a function, and a pooler
  /// may give each another process of the server, in which other search paths and temporary tables make other
  /// functions of the same names. Nor is a lock waited for behind that look: who holds it could have made
  /// anything by the time it goes.
  ///
  /// - Throws: the rejection of a function, the server's error, or the body's.
  func planning<Value>(
    _ settings: TransactionSettings, on session: Session,
    _ body: (Transaction) async throws(CaptureError) -> Value
  ) async throws(CaptureError) -> Planned<Value> {
    let known = try await admittedBefore(on: session)
    var settings = settings
    settings.waitsForLocks = false
    return try await session.capturing(settings) { transaction throws(CaptureError) in
      let admitted =
        if let known { known } else { try await functions.check(self, in: transaction) }
      return Planned(value: try await body(transaction), functions: admitted)
    }
  }

  /// Runs one statement that is made of the user's text.
  func answer(
    to sql: Statement, _ settings: TransactionSettings, on session: Session
  ) async throws(CaptureError) -> Rows {
    try await planning(settings, on: session) { transaction throws(CaptureError) in
      try await CaptureError.wrapping { () throws(PostgresError) in try await transaction.answer(to: sql) }
    }.value
  }

  /// Where an error ends the transaction, admission has one of its own. No server without savepoints shows
  /// its functions: names decide, and these do not change.
  private func admittedBefore(on session: Session) async throws(CaptureError) -> AdmittedFunctions? {
    if engine.hasSavepoints { return nil }
    if let admitted { return admitted }
    return try await session.capturing(questions) { transaction throws(CaptureError) in
      try await functions.check(self, in: transaction)
    }
  }
}

extension Session {
  /// A transaction whose body may fail for reasons other than the server's.
  fileprivate func capturing<Value>(
    _ settings: TransactionSettings, isolation: isolated (any Actor)? = #isolation,
    _ body: (Transaction) async throws(CaptureError) -> Value
  ) async throws(CaptureError) -> Value {
    try await CaptureError.wrapping { () throws(PostgresError) in
      try await transaction(settings) { transaction throws(PostgresError) -> Result<Value, CaptureError> in
        do throws(CaptureError) {
          return .success(try await body(transaction))
        } catch {
          // A transaction that gave way to another is run again.
          if case .postgres(let error) = error { throw error }
          return .failure(error)
        }
      }
    }.get()
  }
}

extension CaptureError {
  /// Errors of the server and the connection as those of a capture.
  static func wrapping<Value>(
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws(PostgresError) -> Value
  ) async throws(CaptureError) -> Value {
    do throws(PostgresError) {
      return try await body()
    } catch {
      throw .postgres(error)
    }
  }
}

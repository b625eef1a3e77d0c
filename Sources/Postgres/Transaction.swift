/// A read-only transaction that is open: what its body sends statements through.
public struct Transaction: Sendable {
  private let session: Session
  private let timeout: Duration

  init(_ session: Session, timeout: Duration) {
    self.session = session
    self.timeout = timeout
  }

  /// Runs one statement; `timeout` is the transaction's own when `nil`.
  public func query(
    _ sql: String, parameters: [String?] = [], timeout: Duration? = nil
  ) async throws(PostgresError) -> Rows {
    try await session.query(sql, parameters: parameters, timeout: timeout ?? self.timeout)
  }

  /// Runs statements in one round trip; those after the first error are skipped.
  public func queryAll(
    _ statements: [Statement], timeout: Duration? = nil
  ) async throws(PostgresError) -> [Rows] {
    try await session.queryAll(statements, timeout: timeout ?? self.timeout)
  }
}

extension Session {
  /// Runs a body inside a read-only transaction, which is always rolled back.
  ///
  /// The rollback is sent after an error and after a cancellation too; where it fails, the connection
  /// is closed, which the server answers with a rollback of its own. A transaction that gives way to
  /// another, or to a standby's recovery, is run a second time.
  ///
  /// - Throws: the first error; `transactionInProgress` when the session is in a transaction already.
  public func transaction<Value>(
    _ settings: TransactionSettings, isolation: isolated (any Actor)? = #isolation,
    _ body: (Transaction) async throws(PostgresError) -> Value
  ) async throws(PostgresError) -> Value {
    do throws(PostgresError) {
      return try await attempt(settings, body)
    } catch {
      guard error.isWorthRepeating else { throw error }
      return try await attempt(settings, body)
    }
  }

  private func attempt<Value>(
    _ settings: TransactionSettings, isolation: isolated (any Actor)? = #isolation,
    _ body: (Transaction) async throws(PostgresError) -> Value
  ) async throws(PostgresError) -> Value {
    try await begin(settings)
    do throws(PostgresError) {
      let value = try await body(Transaction(self, timeout: settings.clientTimeout))
      await rollBack()
      return value
    } catch {
      await rollBack()
      throw error
    }
  }

  private func begin(_ settings: TransactionSettings) async throws(PostgresError) {
    guard !isInTransaction else { throw .transactionInProgress }
    isInTransaction = true
    do throws(PostgresError) {
      _ = try await queryAll(settings.opening, timeout: settings.clientTimeout)
    } catch {
      rollBack()
      throw error
    }
  }

  /// Ends the transaction, on the session's thread and whether or not the task is cancelled.
  private func rollBack() {
    isInTransaction = false
    guard let connection, connection.isOpen, connection.isInTransaction else { return }
    do throws(PostgresError) {
      _ = try connection.run("ROLLBACK", .only(EndingBudget.rollback))
    } catch {
      connection.close()
    }
  }
}

/// A read-only transaction that is open: what its body sends statements through.
public struct Transaction: Sendable {
  private let session: Session
  private let timeout: Duration
  private let settings: TransactionSettings

  init(_ session: Session, _ settings: TransactionSettings) {
    self.session = session
    self.timeout = settings.clientTimeout
    self.settings = settings
  }

  /// Runs one statement; `timeout` is the transaction's own when `nil`.
  public func query(
    _ sql: String, parameters: [String?] = [], timeout: Duration? = nil
  ) async throws(PostgresError) -> Rows {
    try await session.query(sql, parameters: parameters, timeout: timeout ?? self.timeout)
  }

  /// Runs one statement whose parameters may have types.
  public func answer(to statement: Statement) async throws(PostgresError) -> Rows {
    try await session.answer(to: statement, timeout: timeout)
  }

  /// Runs a `PREPARE` that makes a statement of this name, which ends with the transaction.
  public func prepare(_ name: PreparedName, by statement: Statement) async throws(PostgresError) {
    try await session.prepare(name, by: statement, timeout: timeout)
  }

  /// Runs statements in one round trip; those after the first error are skipped.
  public func queryAll(
    _ statements: [Statement], timeout: Duration? = nil
  ) async throws(PostgresError) -> [Rows] {
    try await session.queryAll(statements, timeout: timeout ?? self.timeout)
  }

  /// From here on statements wait for locks: those of a statement that was planned are held already.
  public func waitForLocks() async throws(PostgresError) {
    guard settings.engine.keepsTimeoutsInServer else { return }
    _ = try await answer(to: settings.lockLimit)
  }

  /// Runs a body whose settings and errors do not outlast it, with a time limit of its own: everything it did
  /// is rolled back to here. Needs an engine with savepoints.
  ///
  /// - Throws: the body's error, after which the transaction goes on.
  public func apart<Value, Failure>(
    limit: Duration, isolation: isolated (any Actor)? = #isolation,
    _ body: (Transaction) async throws(Failure) -> Value
  ) async throws(PostgresError) -> Result<Value, Failure> {
    var limited = settings
    limited.statementTimeout = limit
    _ = try await queryAll(["SAVEPOINT plandx"] + [limited.statementLimit])
    let result: Result<Value, Failure>
    do throws(Failure) {
      result = .success(try await body(Transaction(session, limited)))
    } catch {
      result = .failure(error)
    }
    do throws(PostgresError) {
      _ = try await queryAll(["ROLLBACK TO SAVEPOINT plandx", "RELEASE SAVEPOINT plandx"])
    } catch {
      // A lost connection has the words of the server's last message.
      if case .success = result { throw error }
    }
    return result
  }
}

extension Session {
  /// Runs a body inside a read-only transaction, which is always rolled back.
  ///
  /// The rollback is sent after an error and after a cancellation too; where it fails, the connection
  /// is closed, which the server answers with a rollback of its own. A transaction that gives way to
  /// another, or to a standby's recovery, is run a second time; one that may not wait for locks, until it
  /// meets none.
  ///
  /// - Throws: the first error; `transactionInProgress` when the session is in a transaction already.
  public func transaction<Value>(
    _ settings: TransactionSettings, isolation: isolated (any Actor)? = #isolation,
    _ body: (Transaction) async throws(PostgresError) -> Value
  ) async throws(PostgresError) -> Value {
    let patience = ContinuousClock.now + settings.lockPatience
    var isRepeated = false
    while true {
      do throws(PostgresError) {
        return try await attempt(settings, body)
      } catch {
        if !settings.waitsForLocks, error.isAboutLock, .now < patience {
          try await pause()
        } else {
          guard error.isWorthRepeating, !isRepeated else { throw error }
          isRepeated = true
        }
      }
    }
  }

  /// Far longer than an attempt, so that a lock most probably goes in between; nobody foretells the next.
  private func pause() async throws(PostgresError) {
    do {
      try await Task.sleep(for: .milliseconds(Int.random(in: 150...350)))
    } catch {
      throw .cancelled
    }
  }

  private func attempt<Value>(
    _ settings: TransactionSettings, isolation: isolated (any Actor)? = #isolation,
    _ body: (Transaction) async throws(PostgresError) -> Value
  ) async throws(PostgresError) -> Value {
    try await begin(settings)
    do throws(PostgresError) {
      let value = try await body(Transaction(self, settings))
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

  fileprivate func prepare(
    _ name: PreparedName, by statement: Statement, timeout: Duration
  ) async throws(PostgresError) {
    // Noted before: of a statement whose answer is lost nobody knows whether it was prepared.
    prepared.append(name)
    do throws(PostgresError) {
      _ = try await answer(to: statement, timeout: timeout)
    } catch {
      if case .server = error { prepared.removeAll { $0 == name } }
      throw error
    }
  }

  /// Ends the transaction, on the session's thread and whether or not the task is cancelled.
  ///
  /// What was prepared outlives the rollback. It is removed in the same round trip: a pooler that lends
  /// its connections by the transaction takes this one away when the round trip ends.
  private func rollBack() {
    isInTransaction = false
    let leftovers = prepared.map(\.deallocation)
    prepared = []
    if record(["ROLLBACK"] + leftovers) { return }
    guard let connection, connection.isOpen, connection.isInTransaction else { return }
    let start = ContinuousClock.now
    defer { tell(["ROLLBACK"] + leftovers, since: start) }
    do throws(PostgresError) {
      let answers = try connection.run(
        ["ROLLBACK"] + leftovers, independent: false, .only(EndingBudget.rollback))
      _ = try answers.first?.get()
    } catch {
      connection.close()
    }
  }
}

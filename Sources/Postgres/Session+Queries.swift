extension Session {
  /// Runs one statement.
  ///
  /// - Parameter timeout: kept by this program: the statement is cancelled when it is over, and the
  ///   connection closed when the server does not obey within five seconds.
  public func query(
    _ sql: String, parameters: [String?] = [], timeout: Duration? = nil
  ) async throws(PostgresError) -> Rows {
    try await answer(to: Statement(sql, parameters: parameters), timeout: timeout)
  }

  /// Runs one statement whose parameters may have types.
  public func answer(
    to statement: Statement, timeout: Duration? = nil
  ) async throws(PostgresError) -> Rows {
    if record([statement]) { return .none }
    return try await run([statement], timeout) { connection, limits throws(PostgresError) in
      try connection.run(statement, limits)
    }
  }

  /// Runs statements in one round trip; those after the first error are skipped.
  ///
  /// - Throws: `server` with the index of the statement that failed.
  public func queryAll(
    _ statements: [Statement], timeout: Duration? = nil
  ) async throws(PostgresError) -> [Rows] {
    if record(statements) { return statements.map { _ in .none } }
    let answers = try await run(statements, timeout) {
      connection, limits throws(PostgresError) in
      try connection.run(statements, independent: false, limits)
    }
    var rows: [Rows] = []
    for answer in answers { rows.append(try answer.get()) }
    guard rows.count == statements.count else { throw Self.incompleteAnswer }
    return rows
  }

  /// Runs statements in one round trip, each whatever becomes of the others.
  ///
  /// Outside a transaction each of them is one of its own. Within one, the first error still fails
  /// all that follow. Cancelling, or a timeout, closes the connection: the rest is under way already.
  public func queryEach(
    _ statements: [Statement], timeout: Duration? = nil
  ) async throws(PostgresError) -> [Result<Rows, ServerError>] {
    if record(statements) { return statements.map { _ in .success(.none) } }
    let answers = try await run(statements, timeout) {
      connection, limits throws(PostgresError) in
      try connection.run(statements, independent: true, limits)
    }
    var results: [Result<Rows, ServerError>] = []
    for answer in answers {
      switch answer {
      case .success(let rows): results.append(.success(rows))
      case .failure(.server(let error)): results.append(.failure(error))
      case .failure(let error): throw error
      }
    }
    guard results.count == statements.count else { throw Self.incompleteAnswer }
    return results
  }

  private static let incompleteAnswer = PostgresError.closedUnexpectedly(
    "the server did not answer every statement")

  /// Runs a body with the connection, and logs the statements that it sent.
  private func run<Value>(
    _ sent: [Statement], _ timeout: Duration?,
    _ body: (Connection, WaitLimits) throws(PostgresError) -> Value
  ) async throws(PostgresError) -> Value {
    let connection = try openConnection()
    let start = ContinuousClock.now
    defer { tell(sent, since: start) }
    return try await cancellable(timeout: timeout) { limits throws(PostgresError) in
      try body(connection, limits)
    }
  }

  /// Tells the log of statements that were sent at that time.
  func tell(_ sent: [Statement], since start: ContinuousClock.Instant) {
    guard let log, let last = sent.last else { return }
    let duration = ContinuousClock.now - start
    for statement in sent.dropLast() { log(statement.description, .inBatch) }
    log(last.description, sent.count == 1 ? .own(duration) : .batch(duration))
  }
}

extension Rows {
  fileprivate static let none = Rows(columns: [], rows: [])
}

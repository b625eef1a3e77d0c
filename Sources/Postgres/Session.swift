import CLibPQ

/// A connection to a server, and the thread that waits for it.
///
/// All libpq calls run on that thread, never on Swift's pool. A session has one user at a time: what
/// shall run side by side takes a session each.
///
///     let session = try await Session.connect(ConnectionSettings(database: "shop"))
///     let rows = try await session.query("SELECT $1::int + 1 AS next", parameters: ["41"])
///     rows[0]["next"]  // "42"
public actor Session {
  private nonisolated let thread: SessionThread
  private let wakeup = Wakeup()
  private let log: StatementLog?
  var connection: Connection?
  var isInTransaction = false

  /// Cancels what this session runs, from any thread.
  public nonisolated let cancelHandle: CancelHandle

  /// The session's own thread.
  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    thread.asUnownedSerialExecutor()
  }

  private init(_ thread: SessionThread, _ cancelHandle: CancelHandle, _ log: StatementLog?) {
    self.thread = thread
    self.cancelHandle = cancelHandle
    self.log = log
    cancelHandle.add(wakeup)
  }

  deinit {
    cancelHandle.remove(wakeup)
    thread.stop()
  }

  /// Connects.
  ///
  /// - Parameters:
  ///   - cancelHandle: cancels this session, and others that were given the same handle.
  ///   - log: takes every statement that is sent.
  public static func connect(
    _ settings: ConnectionSettings, cancelHandle: CancelHandle = CancelHandle(),
    log: StatementLog? = nil
  ) async throws(PostgresError) -> Session {
    guard let thread = SessionThread.start() else {
      throw .connection(ConnectionFailure(reason: .unreachable, message: "no thread can be had"))
    }
    let session = Session(thread, cancelHandle, log)
    try await session.open(settings)
    return session
  }

  /// Closes the connection; every later statement fails.
  public func close() {
    connection?.close()
  }

  /// Whether the connection is there, as far as libpq knows without asking the server.
  public var isOpen: Bool { connection?.isOpen ?? false }

  /// How often this session waited for the server since it was connected.
  public var roundTrips: Int { connection?.roundTrips ?? 0 }

  /// The host's name or the socket's folder.
  public var host: String {
    get throws(PostgresError) { String(cString: PQhost(try openConnection().handle())) }
  }

  /// `server_version_num`, as the server announced itself.
  public var serverVersionNumber: Int {
    get throws(PostgresError) { Int(PQserverVersion(try openConnection().handle())) }
  }

  private func open(_ settings: ConnectionSettings) async throws(PostgresError) {
    connection = try await cancellable(timeout: nil) { limits throws(PostgresError) in
      try Connection.open(settings, wakeup: wakeup, isCancelled: limits.isCancelled)
    }
  }

  private func openConnection() throws(PostgresError) -> Connection {
    guard let connection else { throw .closedUnexpectedly("the connection is closed") }
    return connection
  }

  /// Blocks this session's thread in a body that the task's cancellation and the handle can end.
  private func cancellable<Value>(
    timeout: Duration?, _ body: (WaitLimits) throws(PostgresError) -> Value
  ) async throws(PostgresError) -> Value {
    let (wakeup, cancelHandle) = (wakeup, cancelHandle)
    let limits = WaitLimits(deadline: timeout.map { .now + $0 }) {
      Task.isCancelled || cancelHandle.isCancelled
    }
    let result = await withTaskCancellationHandler {
      // Naming `self` is what keeps the closure on this actor's thread; without it, the pool runs it.
      self.result(of: body, limits)
    } onCancel: {
      wakeup.signal()
    }
    return try result.get()
  }

  private func result<Value>(
    of body: (WaitLimits) throws(PostgresError) -> Value, _ limits: WaitLimits
  ) -> Result<Value, PostgresError> {
    assertIsolated("libpq is used on the session's own thread")
    return Result { () throws(PostgresError) in try body(limits) }
  }
}

extension Session {
  /// Runs one statement.
  ///
  /// - Parameter timeout: kept by this program: the statement is cancelled when it is over, and the
  ///   connection closed when the server does not obey within five seconds.
  public func query(
    _ sql: String, parameters: [String?] = [], timeout: Duration? = nil
  ) async throws(PostgresError) -> Rows {
    try await run([sql], timeout) { connection, limits throws(PostgresError) in
      try connection.run(Statement(sql, parameters: parameters), limits)
    }
  }

  /// Runs statements in one round trip; those after the first error are skipped.
  ///
  /// - Throws: `server` with the index of the statement that failed.
  public func queryAll(
    _ statements: [Statement], timeout: Duration? = nil
  ) async throws(PostgresError) -> [Rows] {
    let answers = try await run(statements.map(\.sql), timeout) {
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
    let answers = try await run(statements.map(\.sql), timeout) {
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
    _ sent: [String], _ timeout: Duration?,
    _ body: (Connection, WaitLimits) throws(PostgresError) -> Value
  ) async throws(PostgresError) -> Value {
    let connection = try openConnection()
    let start = ContinuousClock.now
    defer {
      if let log {
        let duration = ContinuousClock.now - start
        for sql in sent { log(sql, duration) }
      }
    }
    return try await cancellable(timeout: timeout) { limits throws(PostgresError) in
      try body(connection, limits)
    }
  }
}

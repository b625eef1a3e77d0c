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
  private let wakeup: Wakeup
  let log: StatementLog?
  private var settings: ConnectionSettings?
  var connection: Connection?
  var isInTransaction = false
  /// What a rollback leaves behind on the server's side.
  var prepared: [PreparedName] = []
  /// What was asked of a session without a server; `nil` for one that is connected.
  private(set) var recorded: [Statement]?

  /// Cancels what this session runs, from any thread.
  public nonisolated let cancelHandle: CancelHandle

  /// The session's own thread.
  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    thread.asUnownedSerialExecutor()
  }

  private init(
    _ thread: SessionThread, _ wakeup: Wakeup, _ cancelHandle: CancelHandle, _ log: StatementLog?
  ) {
    self.thread = thread
    self.wakeup = wakeup
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
    let session = try unconnected(cancelHandle, log)
    try await session.open(settings)
    return session
  }

  /// Connects once more, to the same database as the same role, with the same log and handle.
  public func another() async throws(PostgresError) -> Session {
    guard let settings else { throw .closedUnexpectedly("the connection is closed") }
    return try await Session.connect(settings, cancelHandle: cancelHandle, log: log)
  }

  private static func unconnected(
    _ cancelHandle: CancelHandle, _ log: StatementLog?
  ) throws(PostgresError) -> Session {
    guard let wakeup = Wakeup(), let thread = SessionThread.start() else {
      let message = "this system has no pipe or thread left"
      throw .connection(ConnectionFailure(reason: .unreachable, message: message))
    }
    return Session(thread, wakeup, cancelHandle, log)
  }

  /// A session without a server, for a body that is to be seen at work: every statement is answered with
  /// no rows.
  ///
  /// - Returns: what was asked, in its order.
  public static func recording(
    _ body: (Session) async -> Void
  ) async throws(PostgresError) -> [Statement] {
    let session = try unconnected(CancelHandle(), nil)
    await session.startRecording()
    await body(session)
    return await session.recorded ?? []
  }

  private func startRecording() { recorded = [] }

  /// Whether the statements were only written down.
  func record(_ statements: [Statement]) -> Bool {
    recorded?.append(contentsOf: statements)
    return recorded != nil
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

  /// The database's name.
  package var databaseName: String {
    get throws(PostgresError) { String(cString: PQdb(try openConnection().handle())) }
  }

  /// `server_version_num`, as the server announced itself.
  public var serverVersionNumber: Int {
    get throws(PostgresError) { Int(PQserverVersion(try openConnection().handle())) }
  }

  /// The backend's process, as the server or the pooler before it announced it.
  var backendPID: Int {
    get throws(PostgresError) { Int(PQbackendPID(try openConnection().handle())) }
  }

  private func open(_ settings: ConnectionSettings) async throws(PostgresError) {
    self.settings = settings
    connection = try await cancellable(timeout: nil) { limits throws(PostgresError) in
      try Connection.open(settings, wakeup: wakeup, isCancelled: limits.isCancelled)
    }
  }

  func openConnection() throws(PostgresError) -> Connection {
    guard let connection else { throw .closedUnexpectedly("the connection is closed") }
    return connection
  }

  /// Blocks this session's thread in a body that the task's cancellation and the handle can end.
  func cancellable<Value>(
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
    if cancelHandle.isCancelled, let connection {
      cancelHandle.record(connection.isOpen ? .cancelled : .closed)
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

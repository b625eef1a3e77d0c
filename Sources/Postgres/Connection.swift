import CLibPQ

/// A libpq connection: non-blocking, used by one thread at a time, closed when it breaks.
///
/// It never leaves its session, and its `PGconn` is used by this type and its extensions alone.
final class Connection {
  private var pointer: OpaquePointer?
  let wakeup: Wakeup
  /// How often this program sent something and then had to wait for the answer.
  private(set) var roundTrips = 0

  /// How long a server may take to obey a cancel request before the connection is closed.
  private static let cancelGrace = Duration.seconds(5)
  /// Seconds that a cancel request may still be on its way when its statement has ended.
  private static let cancelDelivery = 2

  init(pointer: OpaquePointer, wakeup: Wakeup) {
    self.pointer = pointer
    self.wakeup = wakeup
  }

  deinit { close() }

  func close() {
    PQfinish(pointer)
    pointer = nil
  }

  /// The open connection's handle.
  func handle() throws(PostgresError) -> OpaquePointer {
    guard let pointer else { throw .closedUnexpectedly("the connection is closed") }
    return pointer
  }

  var isOpen: Bool { pointer != nil && PQstatus(pointer) == CONNECTION_OK }

  /// Whether a transaction block is open, failed ones included.
  var isInTransaction: Bool { pointer != nil && PQtransactionStatus(pointer) != PQTRANS_IDLE }

  /// Gives the connection what `send` puts into its buffer, and reads the answers with `receive`.
  func exchange<Answer>(
    _ limits: WaitLimits, send: (OpaquePointer) throws(PostgresError) -> Void,
    receive: (inout Progress) throws(PostgresError) -> Answer
  ) throws(PostgresError) -> Answer {
    let handle = try handle()
    wakeup.drain()
    guard !limits.isCancelled() else { throw .cancelled }
    var progress = Progress(limits)
    try send(handle)
    roundTrips += 1
    let answer = try receive(&progress)
    if let request = progress.request, !request.hasEnded(within: Self.cancelDelivery) { close() }
    if !isOpen { close() }
    if progress.stop == .cancelled { throw .cancelled }
    return answer
  }

  /// Puts one statement into the buffer, in the extended protocol: a second one in it is a syntax error.
  func send(_ statement: Statement, to handle: OpaquePointer) throws(PostgresError) {
    guard !statement.containsNUL else { throw .containsNUL }
    let count = statement.parameters.count
    let types =
      statement.types.prefix(count) + Array(repeating: 0, count: max(0, count - statement.types.count))
    let sent = withCStrings(statement.parameters) { values in
      PQsendQueryParams(handle, statement.sql, CInt(count), Array(types), values, nil, nil, 0)
    }
    guard sent == 1 else { throw broken(handle) }
  }

  /// Blocks until a statement's answer is complete: its rows, or its first error.
  func receiveStatement(
    _ progress: inout Progress, index: Int? = nil
  ) throws(PostgresError) -> Result<Rows, PostgresError>? {
    var first: Result<Rows, PostgresError>?
    while let result = try nextResult(&progress) {
      let outcome = result.outcome(statementIndex: index)
      if case .failure(.notAQuery) = outcome { throw abandon(.notAQuery) }
      if first == nil { first = outcome }
    }
    // The server's 57014 is this program's own doing: it says nothing that `timedOut` does not.
    if progress.stop == .timedOut, case .failure(.server(let error)) = first,
      error.sqlState == .queryCanceled
    {
      return .failure(.timedOut)
    }
    return first
  }

  /// Blocks until the next result is there; `nil` after a statement's last one.
  func nextResult(_ progress: inout Progress) throws(PostgresError) -> QueryResult? {
    let handle = try handle()
    // On a broken connection libpq gives at once what it has: the server's last words, or its own.
    while PQstatus(handle) == CONNECTION_OK {
      let unsent = PQflush(handle)
      if unsent < 0 || (unsent == 0 && PQisBusy(handle) == 0) { break }
      try wait(on: handle, isSending: unsent > 0, &progress)
    }
    return PQgetResult(handle).map(QueryResult.init)
  }

  /// Closes the connection for an error that leaves it unusable.
  func abandon(_ error: PostgresError) -> PostgresError {
    close()
    return error
  }

  /// Closes a connection that libpq calls broken, with libpq's reason.
  func broken(_ handle: OpaquePointer) -> PostgresError {
    abandon(.closedUnexpectedly(firstLine(of: String(cString: PQerrorMessage(handle)))))
  }

  /// Waits once, and reads what came.
  private func wait(
    on handle: OpaquePointer, isSending: Bool, _ progress: inout Progress
  ) throws(PostgresError) {
    let readiness: Readiness = isSending ? [.reading, .writing] : .reading
    switch waitForSocket(PQsocket(handle), for: readiness, wakeup: wakeup, until: progress.deadline) {
    case .ready: PQconsumeInput(handle)
    case .woken: if progress.stop == nil, progress.isCancelled() { try stop(.cancelled, handle, &progress) }
    case .deadlinePassed:
      // Asked to cancel already, and it did not: only closing is left.
      if let stop = progress.stop { throw abandon(stop.error) }
      try stop(.timedOut, handle, &progress)
    }
  }

  /// Asks the server to cancel; its answer is still awaited, for a while.
  private func stop(
    _ reason: Progress.Stop, _ handle: OpaquePointer, _ progress: inout Progress
  ) throws(PostgresError) {
    guard canCancel(handle) else { throw abandon(reason.error) }
    progress.stop = reason
    progress.deadline = .now + Self.cancelGrace
    progress.request = CancelRequest(cancelling: handle)
  }

  /// Aurora DSQL finds a cancel request's cluster by TLS, which libpq before 17 does not use for it.
  private func canCancel(_ handle: OpaquePointer) -> Bool {
    cancel_request_is_encrypted || !EngineProbe.isAuroraDSQL(host: String(cString: PQhost(handle)))
  }
}

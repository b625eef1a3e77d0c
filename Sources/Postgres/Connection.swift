import CLibPQ

/// A libpq connection: non-blocking, used by one thread at a time, closed when it breaks.
///
/// It never leaves its session, and its `PGconn` is used by this type and its extensions alone.
final class Connection {
  private var pointer: OpaquePointer?
  let wakeup: Wakeup
  /// How often this program sent something and then had to wait for the answer.
  private(set) var roundTrips = 0
  private var concealed = ConcealedValues()
  /// Why there will be no connection any more: what every later statement fails with.
  private var end: PostgresError?

  /// Takes over a `PGconn`.
  init(pointer: OpaquePointer, wakeup: Wakeup) {
    self.pointer = pointer
    self.wakeup = wakeup
    let connection = Unmanaged.passUnretained(self).toOpaque()
    // Else libpq prints notices to stderr.
    PQsetNoticeReceiver(pointer, { receiveNotice($0, $1) }, connection)
  }

  deinit { close() }

  func close() {
    PQfinish(pointer)
    pointer = nil
  }

  /// The open connection's handle.
  func handle() throws(PostgresError) -> OpaquePointer {
    guard let pointer else { throw end ?? .closedUnexpectedly("the connection is closed") }
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
    if let request = progress.request, !request.hasEnded(within: EndingBudget.delivery) { close() }
    if !isOpen { close() }
    if progress.stop == .cancelled { throw .cancelled }
    return answer
  }

  /// Puts one statement into the buffer, in the extended protocol: a second one in it is a syntax error.
  func send(_ statement: Statement, to handle: OpaquePointer) throws(PostgresError) {
    guard !statement.containsNUL else { throw .containsNUL }
    concealed.note(statement)
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
      let outcome = result.outcome(statementIndex: index)?.mapError(remembered)
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
    return remembered(error)
  }

  /// The reason why the connection is gone, which the first error that said so knows best.
  private func remembered(_ original: PostgresError) -> PostgresError {
    let error = original.hiding(concealed)
    guard error.endsSession else { return error }
    end = end ?? error
    return end ?? error
  }

  /// A server that stops at once says why in a warning, and closes the connection without an error. An error
  /// between two statements is a notice for libpq.
  fileprivate func take(notice: ServerError) {
    if notice.sqlState.isIntervention || notice.endsSession { _ = remembered(.terminated(notice)) }
  }

  /// Closes a connection that libpq calls broken, with the server's last words or else libpq's reason.
  func broken(_ handle: OpaquePointer) -> PostgresError {
    let reason = firstLine(of: String(cString: PQerrorMessage(handle)))
    // A statement that could not be sent leaves unread what the server said before.
    if PQstatus(handle) == CONNECTION_BAD, let result = PQgetResult(handle).map(QueryResult.init),
      case .failure(let error) = result.outcome(statementIndex: nil)
    {
      _ = remembered(error)
    }
    return abandon(.closedUnexpectedly(reason))
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
      if let stop = progress.stop { throw abandon(stop.errorOfClosing) }
      try stop(.timedOut, handle, &progress)
    }
  }

  /// Asks the server to cancel; its answer is still awaited, for a while.
  private func stop(
    _ reason: Progress.Stop, _ handle: OpaquePointer, _ progress: inout Progress
  ) throws(PostgresError) {
    guard !cancelsByClosing else { throw abandon(reason.errorOfClosing) }
    progress.stop = reason
    progress.deadline = .now + EndingBudget.obeying
    progress.request = CancelRequest(cancelling: handle)
  }

  /// Aurora DSQL finds a cancel request's cluster by TLS, which libpq before 17 does not use for it.
  var cancelsByClosing: Bool {
    !cancel_request_is_encrypted && EngineProbe.isAuroraDSQL(host: String(cString: PQhost(pointer)))
  }
}

/// What libpq calls with every notice, on the thread that reads it.
private func receiveNotice(_ connection: UnsafeMutableRawPointer?, _ result: OpaquePointer?) {
  guard let connection, let result, let notice = ServerError(of: result) else { return }
  Unmanaged<Connection>.fromOpaque(connection).takeUnretainedValue().take(notice: notice)
}

extension PostgresError {
  /// No statement can follow on the same connection.
  fileprivate var endsSession: Bool {
    switch self {
    case .terminated, .unresponsive, .cancelled, .closedUnexpectedly, .notAQuery: true
    case .connection, .server, .timedOut, .containsNUL, .transactionInProgress: false
    }
  }
}

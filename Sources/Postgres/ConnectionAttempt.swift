import CLibPQ
import Synchronization

/// An attempt to connect, on a thread of its own.
///
/// libpq blocks while it looks up a host's name or asks for a Kerberos ticket, for as long as those like:
/// nothing but leaving the thread to it ends such a wait.
final class ConnectionAttempt: Sendable {
  /// What became of it. The connection is the attempt's until it is taken, and then the taker's alone.
  enum Outcome: @unchecked Sendable {
    case connected(OpaquePointer)
    case failed(PostgresError)
  }

  private struct State {
    var thread: OwnThread?
    var outcome: Outcome?
    var isAbandoned = false
    var deadline: ContinuousClock.Instant?
  }

  private let settings: ConnectionSettings
  /// Tells the waiting thread that the state has changed.
  private let changed: Wakeup
  /// Ends this thread's own wait for the socket.
  private let abandoned: Wakeup
  private let state: Mutex<State>

  /// How much later than the attempt itself its owner gives up, so that libpq's own words come first.
  private static let ownersPatience = Duration.milliseconds(500)

  /// Starts connecting.
  ///
  /// - Parameter changed: signalled when there is something to see.
  init(_ settings: ConnectionSettings, changed: Wakeup) throws(PostgresError) {
    guard let abandoned = Wakeup() else { throw .noResources }
    self.settings = settings
    self.changed = changed
    self.abandoned = abandoned
    state = Mutex(State(deadline: .now + .seconds(settings.defaultConnectTimeout)))
    guard let thread = OwnThread({ [self] in run() }) else { throw .noResources }
    state.withLock { $0.thread = thread }
  }

  /// Waits for the connection.
  ///
  /// - Throws: why there is none, `cancelled` included.
  func connection(isCancelled: () -> Bool) throws(PostgresError) -> OpaquePointer {
    while true {
      let (outcome, deadline) = state.withLock { ($0.outcome, $0.deadline) }
      if let outcome { return try result(outcome) }
      if isCancelled() { throw abandon(.cancelled) }
      let limit = deadline.map { $0 + Self.ownersPatience }
      if waitForSocket(-1, for: [], wakeup: changed, until: limit) == .deadlinePassed,
        limit == state.withLock({ $0.deadline.map { $0 + Self.ownersPatience } })
      {
        throw abandon(.connection(.blockedBeforeConnecting(settings)))
      }
    }
  }

  /// At the process's end OpenSSL takes down what the thread would still give back to it: it ends first.
  private func result(_ outcome: Outcome) throws(PostgresError) -> OpaquePointer {
    state.withLock(\.thread)?.waitForEnd()
    switch outcome {
    case .connected(let handle): return handle
    case .failed(let error): throw error
    }
  }

  /// Leaves the thread to itself: it ends when libpq lets it.
  private func abandon(_ error: PostgresError) -> PostgresError {
    let (late, thread) = state.withLock { state in
      state.isAbandoned = true
      return (state.outcome, state.thread)
    }
    if case .connected(let handle) = late { PQfinish(handle) }
    abandoned.signal()
    thread?.leave()
    return error
  }

  // MARK: The thread

  private func run() {
    let result = Result { () throws(PostgresError) in try connect() }
    let outcome: Outcome =
      switch result {
      case .success(let handle): .connected(handle)
      case .failure(let error): .failed(error)
      }
    let isWanted = state.withLock { state in
      if !state.isAbandoned { state.outcome = outcome }
      return !state.isAbandoned
    }
    if !isWanted, case .connected(let handle) = outcome { PQfinish(handle) }
    changed.signal()
  }

  private func connect() throws(PostgresError) -> OpaquePointer {
    guard let handle = start() else { throw .noResources }
    // Else libpq prints notices to stderr.
    PQsetNoticeReceiver(handle, { _, _ in }, nil)
    // The only way to learn the SQLSTATE of a refusal: libpq then puts it into the message.
    PQsetErrorVerbosity(handle, PQERRORS_VERBOSE)
    let deadline = self.deadline(of: handle)
    state.withLock { $0.deadline = deadline }
    changed.signal()
    do throws(PostgresError) {
      try finishConnecting(handle, until: deadline)
    } catch {
      PQfinish(handle)
      throw error
    }
    PQsetErrorVerbosity(handle, PQERRORS_DEFAULT)
    PQsetnonblocking(handle, 1)
    return handle
  }

  private func start() -> OpaquePointer? {
    let keywords = settings.keywords
    return withCStrings(keywords.map(\.keyword) + [nil]) { names in
      withCStrings(keywords.map(\.value) + [nil]) { values in
        // 1: a dbname that is a connection string or URI is read as one.
        PQconnectStartParams(names, values, 1)
      }
    }
  }

  /// Goes through libpq's steps.
  private func finishConnecting(
    _ handle: OpaquePointer, until deadline: ContinuousClock.Instant?
  ) throws(PostgresError) {
    var next = PQstatus(handle) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING
    while next != PGRES_POLLING_OK {
      guard next == PGRES_POLLING_READING || next == PGRES_POLLING_WRITING else {
        throw .connection(ConnectionFailure(of: handle, settings))
      }
      let readiness: Readiness = next == PGRES_POLLING_READING ? .reading : .writing
      switch waitForSocket(PQsocket(handle), for: readiness, wakeup: abandoned, until: deadline) {
      case .ready: next = PQconnectPoll(handle)
      case .woken: throw .cancelled
      case .deadlinePassed: throw .connection(ConnectionFailure(timeoutOf: handle))
      }
    }
  }

  /// libpq keeps `connect_timeout` only in its blocking functions, so it is kept here; 0 is no limit.
  private func deadline(of handle: OpaquePointer) -> ContinuousClock.Instant? {
    let option = Self.effectiveOption("connect_timeout", handle).flatMap { Int($0) }
    let seconds = option ?? settings.defaultConnectTimeout
    // One second could be over before the first step; libpq's own loop takes two then.
    return seconds > 0 ? .now + .seconds(max(seconds, 2)) : nil
  }

  /// What an option came out as, from the connection string, the environment or a service file.
  private static func effectiveOption(_ keyword: String, _ handle: OpaquePointer) -> String? {
    guard let options = PQconninfo(handle) else { return nil }
    defer { PQconninfoFree(options) }
    var option = options
    while let name = option.pointee.keyword {
      if String(cString: name) == keyword { return option.pointee.val.map { String(cString: $0) } }
      option += 1
    }
    return nil
  }
}

extension PostgresError {
  fileprivate static let noResources = PostgresError.connection(
    ConnectionFailure(
      reason: .unreachable, message: "this system has no memory, pipe or thread left for a connection"))
}

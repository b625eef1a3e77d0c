import CLibPQ

extension Connection {
  /// Connects, without blocking in anything but the look-up of the host's name.
  static func open(
    _ settings: ConnectionSettings, wakeup: Wakeup, isCancelled: @escaping () -> Bool
  ) throws(PostgresError) -> Connection {
    wakeup.drain()
    guard !isCancelled() else { throw .cancelled }
    guard let handle = start(settings) else {
      throw .connection(ConnectionFailure(reason: .unreachable, message: "out of memory"))
    }
    let connection = Connection(pointer: handle, wakeup: wakeup)
    // Else libpq prints notices to stderr.
    PQsetNoticeReceiver(handle, { _, _ in }, nil)
    // The only way to learn the SQLSTATE of a refusal: libpq then puts it into the message.
    PQsetErrorVerbosity(handle, PQERRORS_VERBOSE)
    let limits = WaitLimits(
      deadline: deadline(handle, settings.defaultConnectTimeout), isCancelled: isCancelled)
    guard try connection.finishConnecting(handle, limits) else {
      throw connection.abandon(.connection(ConnectionFailure(of: handle, settings)))
    }
    PQsetErrorVerbosity(handle, PQERRORS_DEFAULT)
    PQsetnonblocking(handle, 1)
    return connection
  }

  private static func start(_ settings: ConnectionSettings) -> OpaquePointer? {
    let keywords = settings.keywords
    return withCStrings(keywords.map(\.keyword) + [nil]) { names in
      withCStrings(keywords.map(\.value) + [nil]) { values in
        // 1: a dbname that is a connection string or URI is read as one.
        PQconnectStartParams(names, values, 1)
      }
    }
  }

  /// Goes through libpq's steps; false when one of them failed.
  private func finishConnecting(
    _ handle: OpaquePointer, _ limits: WaitLimits
  ) throws(PostgresError) -> Bool {
    var next = PQstatus(handle) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING
    while next != PGRES_POLLING_OK {
      guard next == PGRES_POLLING_READING || next == PGRES_POLLING_WRITING else { return false }
      let readiness: Readiness = next == PGRES_POLLING_READING ? .reading : .writing
      switch waitForSocket(PQsocket(handle), for: readiness, wakeup: wakeup, until: limits.deadline) {
      case .ready: next = PQconnectPoll(handle)
      case .woken: if limits.isCancelled() { throw abandon(.cancelled) }
      case .deadlinePassed:
        let failure = ConnectionFailure(timeoutOf: handle)
        throw abandon(.connection(failure))
      }
    }
    return true
  }

  /// libpq keeps `connect_timeout` only in its blocking functions, so it is kept here; 0 is no limit.
  private static func deadline(
    _ handle: OpaquePointer, _ defaultSeconds: Int
  ) -> ContinuousClock.Instant? {
    let seconds = effectiveOption("connect_timeout", handle).flatMap(Int.init) ?? defaultSeconds
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

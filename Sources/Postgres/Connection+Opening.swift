extension Connection {
  /// Connects.
  static func open(
    _ settings: ConnectionSettings, wakeup: Wakeup, isCancelled: @escaping () -> Bool
  ) throws(PostgresError) -> Connection {
    wakeup.drain()
    guard !isCancelled() else { throw .cancelled }
    let attempt = try ConnectionAttempt(settings, changed: wakeup)
    return Connection(pointer: try attempt.connection(isCancelled: isCancelled), wakeup: wakeup)
  }
}

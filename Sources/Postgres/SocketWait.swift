#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a socket is waited for, in poll's bits.
struct Readiness: OptionSet {
  let rawValue: CInt
  static let reading = Readiness(rawValue: CInt(POLLIN))
  static let writing = Readiness(rawValue: CInt(POLLOUT))
}

/// Why `poll` returned.
enum WaitOutcome {
  case ready, woken, deadlinePassed
}

/// Blocks the calling thread until the socket is ready, the wakeup is signalled or the time is over.
func waitForSocket(
  _ socket: CInt, for readiness: Readiness, wakeup: Wakeup, until deadline: ContinuousClock.Instant?
) -> WaitOutcome {
  var watched = [
    pollfd(fd: socket, events: Int16(readiness.rawValue), revents: 0),
    pollfd(fd: wakeup.readEnd, events: Int16(POLLIN), revents: 0),
  ]
  while true {
    let count = poll(&watched, 2, milliseconds(until: deadline))
    if count == 0 {
      // A wait longer than poll can count comes back early.
      if let deadline, .now < deadline { continue }
      return .deadlinePassed
    }
    guard count > 0 else { continue }
    guard watched[1].revents != 0 else { return .ready }
    wakeup.drain()
    return .woken
  }
}

/// The time left as poll takes it, rounded up; -1 for no limit.
private func milliseconds(until deadline: ContinuousClock.Instant?) -> Int32 {
  guard let deadline else { return -1 }
  let (seconds, attoseconds) = (deadline - .now).components
  guard seconds >= 0, attoseconds >= 0 else { return 0 }
  guard seconds < 1_000_000 else { return 1_000_000_000 }
  return Int32(seconds) * 1_000 + Int32(attoseconds / 1_000_000_000_000_000) + 1
}

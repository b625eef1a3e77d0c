#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The end of whoever reads what this program writes, noticed before anything is written.
public enum LostReader {
  /// Watches a pipe's or a socket's writing end for the rest of the process; other files have no reader.
  ///
  /// - Parameter onLoss: called once, on a thread of its own, when nobody can read from it any more.
  public static func watch(_ descriptor: CInt, _ onLoss: @escaping @Sendable () -> Void) {
    guard hasReader(descriptor) else { return }
    _ = startThread {
      if waitForLoss(of: descriptor) { onLoss() }
    }
  }

  private static func hasReader(_ descriptor: CInt) -> Bool {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return false }
    return [S_IFIFO, S_IFSOCK].contains(status.st_mode & S_IFMT)
  }

  /// With no event asked for, `poll` tells of errors and of the other end's closing alone. It is called again
  /// each second: not every system wakes it.
  private static func waitForLoss(of descriptor: CInt) -> Bool {
    while true {
      var watched = pollfd(fd: descriptor, events: 0, revents: 0)
      guard poll(&watched, 1, 1_000) >= 0 || errno == EINTR else { return false }
      if watched.revents & Int16(POLLERR | POLLHUP) != 0 { return true }
      if watched.revents & Int16(POLLNVAL) != 0 { return false }
    }
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A pipe that wakes a thread out of `poll` from any other thread.
final class Wakeup: Sendable {
  /// The end to be polled.
  let readEnd: CInt
  private let writeEnd: CInt

  /// Makes the pipe; `nil` when the system has no descriptors left.
  init?() {
    var ends: [CInt] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  /// Wakes the thread, now or when it polls next.
  func signal() {
    var byte: UInt8 = 1
    // A full pipe wakes as well: what could not be written is not missed.
    _ = write(writeEnd, &byte, 1)
  }

  /// Takes back what was signalled so far.
  func drain() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(readEnd, &bytes, bytes.count) > 0 {}
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }
}

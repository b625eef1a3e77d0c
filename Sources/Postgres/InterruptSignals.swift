import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// SIGHUP, SIGINT, SIGQUIT and SIGTERM, taken so that a query can be cancelled before the program ends.
///
/// The first signal is handed to the program; a second one ends the process at once with the status
/// that a shell gives to a process killed by it: 128 and the signal's number.
public enum InterruptSignals {
  /// A signal that asks the program to end.
  public enum Signal: Sendable, CaseIterable {
    /// SIGHUP: the terminal or its connection went away.
    case hangUp
    /// SIGINT: Ctrl-C.
    case interrupt
    /// SIGQUIT: Ctrl-\.
    case quit
    /// SIGTERM.
    case terminate

    var number: Int32 {
      switch self {
      case .hangUp: SIGHUP
      case .interrupt: SIGINT
      case .quit: SIGQUIT
      case .terminate: SIGTERM
      }
    }

    init(number: Int32) { self = Self.allCases.first { $0.number == number } ?? .terminate }
  }

  /// Takes over the signals for the rest of the process; a SIGHUP that `nohup` made nothing of stays that.
  ///
  /// - Parameter onFirst: called once, on a thread of its own, at the first signal.
  public static func handle(_ onFirst: @escaping @Sendable (Signal) -> Void) {
    var ends: [CInt] = [-1, -1]
    guard pipe(&ends) == 0 else { return }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    // Stored before the handler can run: what it reads is initialised and it allocates nothing.
    handlerPipe.store(ends[1], ordering: .sequentiallyConsistent)
    signalCount.store(0, ordering: .sequentiallyConsistent)
    let readEnd = ends[0]
    guard startThread({ waitForSignal(on: readEnd, onFirst) }) else { return }
    for signal in Signal.allCases where signal != .hangUp || !isIgnored(SIGHUP) { install(signal.number) }
  }

  /// Makes a write to a closed pipe an error (EPIPE) instead of the process's end, for good.
  ///
  /// A program that lost its reader can then cancel and roll back, and exit with 141 itself.
  public static func ignoreBrokenPipes() {
    signal(SIGPIPE, SIG_IGN)
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    sigaction(number, nil, &action)
    #if canImport(Darwin)
      let handler = action.__sigaction_u.__sa_handler
    #else
      let handler = action.__sigaction_handler.sa_handler
    #endif
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  private static func install(_ number: Int32) {
    var action = sigaction()
    #if canImport(Darwin)
      action.__sigaction_u.__sa_handler = { handleSignal($0) }
    #else
      action.__sigaction_handler.sa_handler = { handleSignal($0) }
    #endif
    action.sa_flags = SA_RESTART
    sigaction(number, &action, nil)
  }

  private static func waitForSignal(
    on readEnd: CInt, _ onFirst: @Sendable (Signal) -> Void
  ) {
    var byte: UInt8 = 0
    while read(readEnd, &byte, 1) < 0, errno == EINTR {}
    onFirst(Signal(number: Int32(byte)))
  }
}

private let handlerPipe = Atomic<CInt>(-1)
private let signalCount = Atomic<Int>(0)

/// The handler: it may call nothing but async-signal-safe functions.
private func handleSignal(_ number: Int32) {
  let savedError = errno
  if signalCount.wrappingAdd(1, ordering: .relaxed).oldValue > 0 { _exit(128 + number) }
  var byte = UInt8(truncatingIfNeeded: number)
  _ = write(handlerPipe.load(ordering: .relaxed), &byte, 1)
  errno = savedError
}

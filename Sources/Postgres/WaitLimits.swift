/// What ends a wait before the server answers.
struct WaitLimits {
  /// When the wait is over; never when `nil`.
  var deadline: ContinuousClock.Instant?
  /// Asked before anything is sent and whenever the wakeup was signalled.
  var isCancelled: () -> Bool

  /// A wait that only time ends: for the rollback after a cancellation.
  static func only(_ duration: Duration) -> WaitLimits {
    WaitLimits(deadline: .now + duration, isCancelled: { false })
  }
}

/// How far the wait for an answer has come.
struct Progress {
  /// Why the server was asked to stop.
  enum Stop {
    case cancelled, timedOut

    /// What is thrown when the server did not obey, so that the connection had to be closed.
    var errorOfClosing: PostgresError { self == .cancelled ? .cancelled : .unresponsive }
  }

  let isCancelled: () -> Bool
  /// When to stop or, once stopped, when to give up the connection.
  var deadline: ContinuousClock.Instant?
  var stop: Stop?
  var request: CancelRequest?

  init(_ limits: WaitLimits) {
    isCancelled = limits.isCancelled
    deadline = limits.deadline
  }
}

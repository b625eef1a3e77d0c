import Postgres
import Synchronization

/// The first SIGINT or SIGTERM: cancels what the server runs, and decides the exit status.
final class Interruption: Sendable {
  /// Cancels every session of this run.
  let cancelHandle = CancelHandle()
  private let signal = Mutex<InterruptSignals.Signal?>(nil)

  init() {
    InterruptSignals.handle { [self] received in
      signal.withLock { $0 = received }
      cancelHandle.cancel()
    }
  }

  /// How the command ends when a signal came.
  var failure: CommandFailure? {
    signal.withLock { $0 }.map { signal in
      CommandFailure(
        signal == .interrupt ? .interrupted : .terminated,
        "interrupted: what the server ran was cancelled and rolled back; nothing was written")
    }
  }
}

import Postgres
import Synchronization
import ThrowawayServer

/// Ctrl-C while the demo's server starts and loads: the server is stopped first, then the command ends.
///
/// From then on the analysis has its own handling, which cancels what the server runs.
final class DemoInterruption: Sendable {
  private struct State {
    var server: ThrowawayServer?
    var signal: InterruptSignals.Signal?
  }

  private let state = Mutex(State())

  init() {
    InterruptSignals.handle { [self] received in
      let server = state.withLock { state in
        state.signal = received
        return state.server
      }
      Task { await server?.stop() }
    }
  }

  /// Names the server to be stopped.
  ///
  /// - Throws: the failure, when a signal came while the server was being started.
  func watch(over server: ThrowawayServer) throws {
    state.withLock { $0.server = server }
    if let failure { throw failure }
  }

  /// How the command ends when a signal came.
  var failure: CommandFailure? {
    state.withLock(\.signal).map { signal in
      CommandFailure(
        ExitStatus(signal),
        "interrupted: the throwaway server was stopped and removed; nothing was written")
    }
  }
}

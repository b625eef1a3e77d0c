import Foundation
import Postgres
import Synchronization

/// The first SIGINT or SIGTERM: cancels what the server runs, and decides the exit status.
final class Interruption: Sendable {
  private struct State {
    var signal: InterruptSignals.Signal?
    var isOver = false
  }

  /// Cancels every session of this run.
  let cancelHandle = CancelHandle()
  private let state = Mutex(State())

  /// Longer than any session takes to end, and less than the five seconds that the user was promised.
  private static let patience = 4.2

  /// Takes over the signals.
  init() {
    InterruptSignals.handle { [self] received in
      state.withLock { $0.signal = received }
      cancelHandle.cancel()
      Thread.sleep(forTimeInterval: Self.patience)
      endProcess()
    }
  }

  /// The run is over: what is left to be done is short, and is finished.
  func end() {
    state.withLock { $0.isOver = true }
  }

  /// How the command ends when a signal came.
  var failure: CommandFailure? {
    state.withLock(\.signal).map { signal in
      CommandFailure(
        signal == .interrupt ? .interrupted : .terminated,
        "interrupted: \(whatHappened); nothing was written")
    }
  }

  private var whatHappened: String {
    switch cancelHandle.effect {
    case .nothingRan: "there was no connection yet"
    case .cancelled: "what the server ran was cancelled and rolled back"
    case .closed: "the connection was closed, which ends what the server ran"
    }
  }

  /// Something that blocks did not notice: the process's end closes the connections.
  private func endProcess() {
    guard !state.withLock(\.isOver) else { return }
    cancelHandle.recordClosing()
    guard let failure else { return }
    failure.report()
    _exit(failure.status.rawValue)
  }
}

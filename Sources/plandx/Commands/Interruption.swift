import Foundation
import Postgres
import Synchronization

/// The first signal to end, or the end of the report's reader: cancels what the server runs, and decides the
/// exit status.
final class Interruption: Sendable {
  private enum Cause {
    case signal(InterruptSignals.Signal)
    case lostReader
  }

  private struct State {
    var cause: Cause?
    var isOver = false
  }

  /// Cancels every session of this run.
  let cancelHandle = CancelHandle()
  private let state = Mutex(State())

  /// Longer than any session takes to end, and less than the five seconds that the user was promised.
  private static let patience = 4.2

  /// Takes over the signals.
  ///
  /// - Parameter writesToStdout: the run is for nobody once stdout has no reader any more.
  init(writesToStdout: Bool) {
    InterruptSignals.handle { [self] in interrupt(.signal($0)) }
    guard writesToStdout else { return }
    LostReader.watch(STDOUT_FILENO) { [self] in interrupt(.lostReader) }
  }

  private func interrupt(_ cause: Cause) {
    let isFirst = state.withLock { state in
      guard state.cause == nil, !state.isOver else { return false }
      state.cause = cause
      return true
    }
    guard isFirst else { return }
    cancelHandle.cancel()
    Thread.sleep(forTimeInterval: Self.patience)
    endProcess()
  }

  /// The run is over: what is left to be done is short, and is finished.
  func end() {
    state.withLock { $0.isOver = true }
  }

  /// How the command ends when it was interrupted.
  var failure: CommandFailure? {
    state.withLock(\.cause).map { cause in
      switch cause {
      case .signal(let signal):
        CommandFailure(ExitStatus(signal), "interrupted: \(whatHappened); nothing was written")
      case .lostReader: .silent(.brokenPipe)
      }
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

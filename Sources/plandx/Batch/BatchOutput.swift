import Foundation
import Postgres
import Synchronization

/// stdout of a long run: whole lines, also when a signal ends it.
final class BatchOutput: Sendable {
  private let turn = Mutex(())

  /// How long a signal waits for a line to be written: its reader may have stopped reading.
  private static let patience = 50

  init() { InterruptSignals.handle { [self] in end(ExitStatus($0)) } }

  /// - Throws: `CommandFailure` when the reader went away or the disk is full.
  func write(_ text: String) throws {
    try turn.withLock { _ in try StandardOutput.write(text) }
  }

  private func end(_ status: ExitStatus) {
    for _ in 0..<Self.patience {
      _ = turn.withLockIfAvailable { _ in Self.exit(status) }
      Thread.sleep(forTimeInterval: 0.02)
    }
    Self.exit(status)
  }

  private static func exit(_ status: ExitStatus) -> Never {
    CommandFailure(status, "interrupted: the rest was not read").report()
    _exit(status.rawValue)
  }
}

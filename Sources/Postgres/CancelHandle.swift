import Synchronization

/// Cancels sessions from any thread, once and for all: what they run, and whatever is asked of them later.
///
/// One handle serves all sessions of a run, so that an interrupt ends them together. A rollback is
/// still sent after it.
public final class CancelHandle: Sendable {
  /// What cancelling came to.
  public enum Effect: Sendable, Comparable {
    /// There was no connection yet.
    case nothingRan
    /// Statements were cancelled, and their sessions go on.
    case cancelled
    /// A connection was closed, which ends what its server still runs.
    case closed
  }

  private struct State {
    var isCancelled = false
    var effect = Effect.nothingRan
    var wakeups: [ObjectIdentifier: Wakeup] = [:]
  }

  private let state = Mutex(State())

  /// A handle that nothing hangs on yet.
  public init() {}

  /// Whether `cancel()` was called.
  public var isCancelled: Bool { state.withLock { $0.isCancelled } }

  /// Cancels; returns at once, while the sessions still wait for their servers to agree.
  public func cancel() {
    let wakeups = state.withLock { state in
      state.isCancelled = true
      return state.wakeups.values
    }
    for wakeup in wakeups { wakeup.signal() }
  }

  /// What cancelling has come to so far, in the worst case of all sessions.
  public var effect: Effect { state.withLock(\.effect) }

  /// The process ends, and every connection with it.
  public func recordClosing() { record(.closed) }

  func record(_ effect: Effect) {
    state.withLock { $0.effect = max($0.effect, effect) }
  }

  func add(_ wakeup: Wakeup) {
    state.withLock { $0.wakeups[ObjectIdentifier(wakeup)] = wakeup }
  }

  func remove(_ wakeup: Wakeup) {
    state.withLock { _ = $0.wakeups.removeValue(forKey: ObjectIdentifier(wakeup)) }
  }
}

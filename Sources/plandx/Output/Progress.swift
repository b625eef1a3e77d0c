import Synchronization
import Workflow

/// One line on stderr that says what is running and for how long; silent when nobody looks.
final class Progress: Sendable {
  private struct State {
    var phase: AnalysisPhase?
    var isOver = false
    var clock: Task<Void, Never>?
  }

  private let isShown: Bool
  private let isColored: Bool
  private let start = ContinuousClock.now
  private let state = Mutex(State())

  /// Progress on a terminal, unless `--quiet`.
  init(quiet: Bool, color: ColorChoice) {
    isShown = !quiet && StandardError.isTerminal
    isColored = color.isOn
    guard isShown else { return }
    let clock = Task { [weak self] in
      while (try? await Task.sleep(for: .seconds(1))) != nil { self?.draw() }
    }
    state.withLock { $0.clock = clock }
  }

  /// Shows a phase in the place of the last one.
  func show(_ phase: AnalysisPhase) {
    state.withLock { $0.phase = phase }
    draw()
  }

  /// Takes the line away.
  func end() {
    state.withLock { state in
      state.isOver = true
      state.clock?.cancel()
      if isShown { StandardError.write("\r\u{1B}[K") }
    }
  }

  /// Within the lock, so that no line is drawn once it was taken away.
  private func draw() {
    guard isShown else { return }
    let seconds = (ContinuousClock.now - start).components.seconds
    state.withLock { state in
      guard let phase = state.phase, !state.isOver else { return }
      let text = "plandx: \(phase.rawValue) (\(seconds) s)"
      StandardError.write("\r\u{1B}[K" + (isColored ? "\u{1B}[2m\(text)\u{1B}[0m" : text))
    }
  }
}

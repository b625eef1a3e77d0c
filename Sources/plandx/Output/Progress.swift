import Workflow

/// One line on stderr that says what is running; silent when nobody looks.
final class Progress {
  private let isShown: Bool
  private let isColored: Bool
  private let start = ContinuousClock.now

  /// Progress on a terminal, unless `--quiet`.
  init(quiet: Bool, color: ColorChoice) {
    isShown = !quiet && StandardError.isTerminal
    isColored = color.isOn
  }

  /// Shows a phase in the place of the last one.
  func show(_ phase: AnalysisPhase) {
    guard isShown else { return }
    let seconds = (ContinuousClock.now - start).components.seconds
    let text = "plandx: \(phase.rawValue) (\(seconds) s)"
    StandardError.writeStyled("\r\u{1B}[K" + (isColored ? "\u{1B}[2m\(text)\u{1B}[0m" : text))
  }

  /// Takes the line away.
  func end() {
    if isShown { StandardError.writeStyled("\r\u{1B}[K") }
  }
}

import Diagnosis

/// `Finding 1: … (CRITICAL — 1,842 ms, 91% of execution)`.
struct FindingHeading {
  var text: String

  init(_ ranked: RankedFinding) {
    text = "Finding \(ranked.number): \(Markdown.prose(ranked.finding.title)) (\(Self.weight(ranked)))"
  }

  /// Severity and impact; impossible diagnostics have no impact that could be measured.
  static func weight(_ ranked: RankedFinding) -> String {
    let impact = ranked.finding.impact
    guard ranked.severity != .bugReport else { return ranked.severity.rawValue }
    let share = Figure.impactShare(impact.share)
    guard let time = impact.milliseconds else {
      return "\(ranked.severity.rawValue) — \(share) of estimated cost"
    }
    return "\(ranked.severity.rawValue) — \(Figure.milliseconds(time)), \(share) of execution"
  }
}

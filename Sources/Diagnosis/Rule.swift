import Catalog
import PlanModel

/// A rule looks at one case and says what it found, or why it could not look.
///
/// A pure function: no I/O, no clock, no text of the report. It states what it blames, its impact, its
/// cause with evidence, and its remedies.
public protocol Rule: Sendable {
  /// The rule's name: that of its file.
  static var name: RuleName { get }

  /// Looks at the case.
  func examine(_ query: DiagnosticCase) -> RuleOutcome
}

extension EvidenceGap {
  /// A plan that was not run shows no actual figures: what rules blame rests on those.
  static let notAnalyzed = EvidenceGap(
    missing: "actual rows and times", reason: "the plan was taken without ANALYZE")
}

extension EvidenceGap {
  /// Own times that do not add up to the root's: rounding explains little, a server's shutdown of nodes less.
  static func contradictoryTimes(_ timings: PlanTimings) -> EvidenceGap? {
    guard let share = timings.accountedFor, let root = timings.rootDuration else { return nil }
    let rounding = timings.nodes.reduce(0) { $0 + $1.uncertainty }
    guard abs(share - 1) > mostUnexplained, abs(share - 1) * root > 1 + rounding else { return nil }
    return EvidenceGap(
      missing: "where the time went",
      reason: """
        the times of the nodes contradict each other: their own times add up to \(Words.percent(share)) of the \
        root's \(Words.milliseconds(root)); trust no share, and see that the plan was pasted as it was printed
        """)
  }

  private static let mostUnexplained = 0.05
}

/// "Looked and found nothing" is not "could not look".
public enum RuleOutcome: Sendable, Equatable {
  /// Looked; the findings, possibly none.
  case examined([Finding])
  /// Could not look, for want of this.
  case notExamined(EvidenceGap)
}

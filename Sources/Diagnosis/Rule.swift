import Catalog

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

/// "Looked and found nothing" is not "could not look".
public enum RuleOutcome: Sendable, Equatable {
  /// Looked; the findings, possibly none.
  case examined([Finding])
  /// Could not look, for want of this.
  case notExamined(EvidenceGap)
}

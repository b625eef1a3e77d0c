import Catalog

/// The findings in the order in which the report prints them, and what is not printed.
public struct RankedFindings: Sendable, Equatable {
  /// Most expensive group first; in a group the cause stands before its consequences.
  public var findings: [RankedFinding]
  /// Findings under 1% or under 1 ms: counted, printed only on demand.
  public var minor: [Finding]
  /// Rules that looked and found nothing.
  public var ruledOut: [RuleName]
  /// Rules that could not look, and why.
  public var gaps: [EvidenceGap]

  /// Ranked findings.
  public init(
    findings: [RankedFinding], minor: [Finding] = [], ruledOut: [RuleName] = [],
    gaps: [EvidenceGap] = []
  ) {
    self.findings = findings
    self.minor = minor
    self.ruledOut = ruledOut
    self.gaps = gaps
  }
}

/// A finding with its number and severity.
public struct RankedFinding: Sendable, Equatable {
  /// From 1, as printed.
  public var number: Int
  /// The finding; a cause carries the largest impact of its group.
  public var finding: Finding
  /// From the impact's share; `BUG REPORT` for impossible figures.
  public var severity: Severity
  /// The number of the finding that causes this one; then it carries no recommendation of its own.
  public var consequenceOf: Int?

  /// A ranked finding.
  public init(number: Int, finding: Finding, severity: Severity, consequenceOf: Int? = nil) {
    self.number = number
    self.finding = finding
    self.severity = severity
    self.consequenceOf = consequenceOf
  }
}

import Diagnosis

/// A report, and what a new capture of the same statement found.
public struct Reassessment: Sendable {
  /// The report's numbers.
  public var baseline: Baseline
  /// The report's statement; `nil` where it had none.
  public var statement: String?
  /// The new capture: phases 1 and 2, nothing tried.
  public var new: DiagnosticReport
  /// What was changed, in the user's words; else it is derived.
  public var change: String?
  /// From 1.
  public var number: Int
  /// The largest number of a finding in the report so far.
  public var lastFindingNumber: Int

  /// A reassessment of a report.
  public init(of original: ReportText, new: DiagnosticReport, change: String? = nil) {
    baseline = original.knownBaseline()
    statement = original.statement
    self.new = new
    self.change = change
    number = original.addendumCount + 1
    lastFindingNumber = original.lastFindingNumber
  }

  /// Rows that the statement returned; `nil` where its plan was not run.
  var rowCounts: (before: Double?, after: Double?) {
    (baseline.figures.rootRows, new.plan.root.actual.figures?.totalRows)
  }

  /// Whether the result is known to be another one.
  var hasOtherRowCount: Bool {
    guard let before = rowCounts.before, let after = rowCounts.after else { return false }
    return before != after
  }

  /// The findings of the new capture that the report did not have, numbered after the report's own.
  var newFindings: [RankedFinding] {
    let known = Set(baseline.findings.compactMap(\.key))
    let added = new.findings.findings.filter { !known.contains($0.finding.key) }
    let ranked = (PredictionCheck(self).missed.map { [$0] } ?? []) + added
    return ranked.enumerated().map { index, finding in
      var finding = finding
      finding.number = lastFindingNumber + index + 1
      finding.consequenceOf = nil
      return finding
    }
  }
}

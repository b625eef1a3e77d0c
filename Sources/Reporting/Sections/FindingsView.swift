import Diagnosis
import PlanModel

/// `## Findings`: every finding, or why the plan is considered healthy; then what was left out.
struct FindingsView {
  var healthy: [String]
  var findings: [FindingView]
  var remarks: [String]
  var hasRemarks: Bool

  init(_ report: DiagnosticReport) {
    let ranked = report.findings
    healthy = ranked.findings.isEmpty ? HealthStatement(report).paragraphs : []
    findings = ranked.findings.map { FindingView($0, in: report) }
    remarks = Self.remarks(ranked)
    hasRemarks = !remarks.isEmpty
  }

  private static func remarks(_ ranked: RankedFindings) -> [String] {
    var lines: [String] = []
    if let minor = minorLine(ranked.minor.count) { lines.append(minor) }
    if !ranked.ruledOut.isEmpty {
      let rules = ranked.ruledOut.map { Markdown.code($0.text) }.joined(separator: ", ")
      lines.append("Looked for and not found: \(rules).")
    }
    return lines
      + ranked.gaps.map {
        "Could not be examined: \(Markdown.prose($0.missing)) (\(Markdown.prose($0.reason)))."
      }
  }

  /// `3 minor observations not shown; --all shows them`.
  static func minorLine(_ count: Int) -> String? {
    switch count {
    case 0: nil
    case 1: "1 minor observation not shown; --all shows it"
    default: "\(count) minor observations not shown; --all shows them"
    }
  }
}

import Diagnosis

/// `## Summary`: one row per finding.
struct SummaryView {
  var rows: [Row]
  var none: Bool

  struct Row {
    var number: String
    var title: String
    var severity: String
    var recommendation: String
    var expectation: String
  }

  init(_ report: DiagnosticReport) {
    rows = report.findings.findings.map { Self.row($0, report) }
    none = rows.isEmpty
  }

  private static func row(_ ranked: RankedFinding, _ report: DiagnosticReport) -> Row {
    Row(
      number: "\(ranked.number)", title: Markdown.cell(ranked.finding.title),
      severity: ranked.severity.rawValue, recommendation: Markdown.cell(recommendation(ranked, report)),
      expectation: Markdown.cell(expectation(ranked, report)))
  }

  private static func recommendation(_ ranked: RankedFinding, _ report: DiagnosticReport) -> String {
    if let cause = ranked.consequenceOf { return "see Finding \(cause)" }
    guard let remedy = ranked.finding.remedies.first else { return "none" }
    if remedy.action == .reportBug { return "Send the support request" }
    if case .changeStatement(let change) = remedy.action { return change }
    let printer = RemedySQL(engine: report.engine, evidence: report.evidence)
    guard let script = try? printer.script(for: remedy.action), let first = script.statements.first else {
      return "none"
    }
    let more = script.statements.count - 1
    return Markdown.code(first) + (more > 0 ? " and \(more) more" : "")
  }

  private static func expectation(_ ranked: RankedFinding, _ report: DiagnosticReport) -> String {
    let text = AdviceView.all(for: ranked, in: report).first?.expectation ?? "none"
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }
}

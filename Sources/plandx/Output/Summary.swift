import Diagnosis
import Reporting
import Statements

/// At most a screen on stderr: what was found and what to do first.
struct Summary {
  private let report: DiagnosticReport
  private let output: OutputOptions

  init(_ report: DiagnosticReport, output: OutputOptions) {
    self.report = report
    self.output = output
  }

  /// Most findings that a screen takes.
  private static let mostFindings = 10

  /// Prints the summary where a person looks for it.
  ///
  /// - Throws: status 3 when `--fail-on` is reached.
  func finish() throws {
    if !output.quiet, StandardError.isTerminal || output.output != nil {
      StandardError.writeStyled(lines.joined(separator: "\n") + "\n")
    }
    let worst = report.findings.findings.map(\.severity.rank).max()
    if let failOn = output.failOn, let worst, worst >= failOn.rank {
      throw CommandFailure.silent(.severityReached)
    }
  }

  private var lines: [String] {
    let findings = report.findings.findings
    guard !findings.isEmpty else { return ["plandx: no findings\(time)\(place)"] }
    let shown = findings.prefix(Self.mostFindings).map(line)
    let rest = findings.count > Self.mostFindings ? ["  and \(findings.count - Self.mostFindings) more"] : []
    let count = Words.counted(Double(findings.count), "finding")
    return ["plandx: \(count)\(time)\(place)"] + shown + rest
  }

  private func line(_ ranked: RankedFinding) -> String {
    let time = ranked.finding.impact.milliseconds.map { ", \(Words.milliseconds($0))" } ?? ""
    let severity = colored(ranked.severity)
    let effect = ranked.consequenceOf.map { " (consequence of \($0))" } ?? ""
    return "  \(ranked.number). \(severity)\(time): \(HiddenCharacters.name(ranked.finding.title))\(effect)"
  }

  private var time: String { report.plan.executionTime.map { " in \(Words.milliseconds($0))" } ?? "" }

  private var place: String { output.output.map { "; report in \(HiddenCharacters.name($0))" } ?? "" }

  private func colored(_ severity: Severity) -> String {
    guard output.color.isOn else { return severity.rawValue }
    let code =
      switch severity {
      case .critical: "31;1"
      case .high: "31"
      case .moderate: "33"
      case .low, .bugReport: "36"
      }
    return "\u{1B}[\(code)m\(severity.rawValue)\u{1B}[0m"
  }
}

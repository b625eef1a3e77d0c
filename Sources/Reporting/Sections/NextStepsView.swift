import Statements

/// `## Next Steps`: one change, measured, before the next.
struct NextStepsView {
  var first: String
  var lead = "Once a change is in place, this takes a new plan and appends what changed to this report:"
  var command: Fence
  var outcome: String

  /// The name by which a report that went to stdout is called.
  static let unnamed = "REPORT.md"

  init(_ report: DiagnosticReport) {
    let number = Self.firstToApply(report)
    first = Self.invitation(number, findings: report.findings.findings.count)
    command = Fence(Self.commandLine(report, finding: number), info: "sh")
    outcome =
      number == nil
      ? "What is worse than before becomes a new finding of the addendum."
      : "If the observed change is more than twice, or less than half, of what Expected Impact predicts, that difference becomes a new finding of the addendum."
  }

  /// The number of the first finding that has a statement to run.
  private static func firstToApply(_ report: DiagnosticReport) -> Int? {
    report.findings.findings.first { ranked in
      AdviceView.all(for: ranked, in: report).contains { $0.fence != nil }
    }?.number
  }

  private static func invitation(_ number: Int?, findings: Int) -> String {
    if let number {
      return
        "Reassess: apply Finding \(number) first and measure again before going on\(findings > 1 ? " to the next" : ""); each change alters what the others are worth."
    }
    let lead =
      findings == 0 ? "Nothing needs to be applied." : "No finding of this report has a statement to apply."
    return lead + " Reassess when the data, the statement or the server has changed."
  }

  /// Connection options are never part of it: they name hosts and roles.
  private static func commandLine(_ report: DiagnosticReport, finding: Int?) -> String {
    "plandx reassess \(ShellWord(path(report.fileName ?? unnamed)))"
      + (report.capture == .offline ? " --plan new-plan.txt" : "")
      + report.repeatedOptions.map { " \(ShellWord($0))" }.joined()
      + (finding.map { " --change 'Finding \($0) applied'" } ?? "")
  }

  /// Never taken for an option.
  private static func path(_ name: String) -> String { name.hasPrefix("-") ? "./" + name : name }
}

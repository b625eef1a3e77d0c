/// `## Next Steps`: one change, measured, before the next.
struct NextStepsView {
  var first: String
  var lead = "Once a change is in place, this takes a new plan and appends what changed to this report:"
  var command: Fence
  var outcome: String

  /// The name by which a report that went to stdout is called.
  static let unnamed = "REPORT.md"

  init(_ report: DiagnosticReport) {
    let count = report.findings.findings.count
    first =
      count == 0
      ? "Nothing needs to be applied. Reassess when the data, the statement or the server has changed."
      : "Reassess: apply Finding 1 first and measure again before going on\(count > 1 ? " to the next" : ""); each change alters what the others are worth."
    command = Fence(Self.commandLine(report, changes: count > 0), info: "sh")
    outcome =
      "If the observed change is more than twice, or less than half, of what Expected Impact predicts, that difference becomes a new finding of the addendum."
  }

  /// Connection options are never part of it: they name hosts and roles.
  private static func commandLine(_ report: DiagnosticReport, changes: Bool) -> String {
    "plandx reassess " + shellWord(report.fileName ?? unnamed)
      + (report.capture == .offline ? " --plan new-plan.txt" : "")
      + (changes ? " --change 'Finding 1 applied'" : "")
  }

  private static func shellWord(_ text: String) -> String {
    let isPlain = !text.isEmpty && text.utf8.allSatisfy {
      (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || [45, 46, 47, 95].contains($0)
    }
    if isPlain, !text.hasPrefix("-") { return text }
    let path = text.hasPrefix("-") ? "./" + text : text
    return "'" + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}

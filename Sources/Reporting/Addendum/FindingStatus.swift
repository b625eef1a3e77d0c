import Diagnosis

/// What became of each finding of the report.
enum FindingStatus {
  /// One line per finding, in the report's order.
  static func lines(_ reassessment: Reassessment) -> [String] {
    let findings = reassessment.baseline.findings
    guard !findings.isEmpty else { return ["The report had no finding."] }
    return findings.map { "Finding \($0.number): \(status(of: $0, in: reassessment.new))" }
  }

  private static func status(of finding: BaselineFinding, in new: DiagnosticReport) -> String {
    guard let key = finding.key else { return "not compared: the report's baseline comment is missing." }
    if let same = new.findings.findings.first(where: { $0.finding.key == key }) {
      return "still applies (\(FindingHeading.weight(same)))."
    }
    if let minor = new.findings.minor.first(where: { $0.key == key }) {
      return
        "now trivial (\(minor.impact.milliseconds.map(Figure.milliseconds) ?? "under 1% of estimated cost"))."
    }
    guard new.plan.isAnalyzed else { return "not known: the new plan was not measured." }
    return "resolved."
  }
}

/// A change that nobody described, from what differs.
struct DerivedChange {
  var text: String

  init(_ reassessment: Reassessment) {
    let parts = [
      Self.indexes(reassessment), Self.analyzed(reassessment), Self.statement(reassessment),
    ].compactMap { $0 }
    text =
      parts.isEmpty
      ? "none was named (`--change`), and indexes, ANALYZE times and statement show none"
      : parts.joined(separator: "; ")
  }

  private static func indexes(_ reassessment: Reassessment) -> String? {
    guard let before = reassessment.baseline.indexes,
      let after = Baseline.indexNames(reassessment.new.evidence)
    else { return nil }
    let added = after.filter { !before.contains($0) }.map { "index \(Markdown.code($0)) appeared" }
    let gone = before.filter { !after.contains($0) }.map { "index \(Markdown.code($0)) went" }
    return added.isEmpty && gone.isEmpty ? nil : (added + gone).joined(separator: "; ")
  }

  private static func analyzed(_ reassessment: Reassessment) -> String? {
    let after = Baseline.analyzeTimes(reassessment.new.evidence)
    let tables = after.keys.sorted().filter { reassessment.baseline.analyzed[$0] != after[$0] }
    guard !tables.isEmpty, !reassessment.baseline.analyzed.isEmpty || reassessment.baseline.indexes != nil
    else {
      return nil
    }
    return tables.map { "ANALYZE of \(Markdown.code($0)) at \(after[$0] ?? "")" }.joined(separator: "; ")
  }

  private static func statement(_ reassessment: Reassessment) -> String? {
    guard let before = reassessment.statement, let after = reassessment.new.statement.original else {
      return nil
    }
    return Markdown.oneLine(before) == Markdown.oneLine(after) ? nil : "the statement's text differs"
  }
}

import struct Statements.Redactor

/// `## Support Request Template`: complete, and without a value from a table or the statement.
enum SupportRequestCheck {
  static let parts = [
    "Description", "Table Statistics", "Index Definitions", "DPU Estimate", "Full EXPLAIN Output",
  ]

  @Sendable static func check(_ report: CheckedReport) -> [MissingElement] {
    guard let section = report.sections["Support Request Template"] else { return [] }
    let titles = section.headings(3).map(\.text)
    let labels = ["**Subject:** ", "**Query Identifier:** "].flatMap { label in
      CheckedReport.require(
        section.texts.contains { $0.text.hasPrefix(label) && $0.text.count > label.count }, section.line,
        "the support request has no \(label.filter { $0.isLetter || $0 == " " })")
    }
    let missing = parts.filter { !titles.contains($0) }.map {
      MissingElement(line: section.line, "the support request has no `### \($0)`")
    }
    return labels + missing + plan(section) + literals(section, report) + constants(section)
  }

  private static func plan(_ section: ReportSections.Section) -> [MissingElement] {
    let part = section.parts(3).first { $0.title == "Full EXPLAIN Output" }
    return CheckedReport.require(
      part == nil || part?.fences().isEmpty == false, section.line, "the support request holds no plan")
  }

  /// Text constants give themselves away by their quotes; numbers are looked for where expressions stand.
  private static func literals(_ section: ReportSections.Section, _ report: CheckedReport) -> [MissingElement]
  {
    let secrets = Set(values(report).filter { $0.count > 2 })
    return section.fences().flatMap { start, text -> [MissingElement] in
      text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap { index, line in
        let isSetting = line.drop { $0 == " " }.hasPrefix("Settings: ")
        let quoted = isSetting ? [] : SQLConstants.texts(in: line)
        let leaks = quoted.contains { !$0.isEmpty } || secrets.contains { line.contains($0) }
        return CheckedReport.require(
          !leaks, start + 1 + index, "the support request holds a literal of the statement or the plan")
      }
    }
  }

  /// What the redactor would still replace is a constant that was left.
  private static func constants(_ section: ReportSections.Section) -> [MissingElement] {
    section.parts(3).flatMap { part in
      part.fences().flatMap { line, text -> [MissingElement] in
        var redactor = Redactor()
        switch part.title {
        case "Full EXPLAIN Output": _ = redactor.redact(planText: text)
        case "Index Definitions":
          text.split(separator: "\n").forEach { _ = redactor.redact(indexDefinition: String($0)) }
        default: _ = redactor.redact(sql: text)
        }
        return CheckedReport.require(
          redactor.count == 0, line, "the support request holds a literal in `### \(part.title)`")
      }
    }
  }

  /// Text constants of the statement and the values that the evidence shows.
  private static func values(_ report: CheckedReport) -> [String] {
    let statements = report.sections["SQL Statement"]?.fences("sql") ?? []
    let plan = report.sections["Plan Overview"]?.fences().first?.text ?? ""
    return statements.flatMap { SQLConstants.texts(in: $0.text) }
      + plan.split(separator: "\n").filter { !$0.contains("Settings: ") }.flatMap(SQLConstants.texts)
  }
}

/// Text constants in SQL or in a plan's expressions.
enum SQLConstants {
  /// The texts between single quotes, in order; quotes inside double quotes belong to a name.
  static func texts(in sql: some StringProtocol) -> [String] {
    var texts: [String] = []
    var current: String?
    var isName = false
    for character in sql {
      if character == "'", !isName {
        if let text = current { texts.append(text) }
        current = current == nil ? "" : nil
      } else if character == "\"", current == nil {
        isName.toggle()
      } else {
        current?.append(character)
      }
    }
    return texts
  }
}

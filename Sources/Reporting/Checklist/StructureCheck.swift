/// Title, preview line, sections and their order.
enum StructureCheck {
  /// The sections in order; not all are always there.
  static let order = [
    "Query Information", "SQL Statement", "Plan Overview", "Findings", "GUC Experiment Results",
    "Index Experiment Results", "Rewrite Experiment Results", "Evidence", "Support Request Template",
    "Summary",
    "Next Steps",
  ]
  static let optional: Set<String> = [
    "Index Experiment Results", "Rewrite Experiment Results", "Support Request Template",
  ]

  @Sendable static func check(_ report: CheckedReport) -> [MissingElement] {
    top(report) + missing(report) + sequence(report) + supportRequest(report)
  }

  private static func top(_ report: CheckedReport) -> [MissingElement] {
    let second = report.lines.count > 1 ? report.lines[1] : ""
    return CheckedReport.require(
      report.lines.first == "# " + ReportText.title, 1, "the first line is not `# \(ReportText.title)`")
      + CheckedReport.require(
        second == "Preview Only - not for distribution", 2,
        "`Preview Only - not for distribution` does not follow the title on the very next line")
  }

  private static func missing(_ report: CheckedReport) -> [MissingElement] {
    order.filter { !optional.contains($0) && report.sections[$0] == nil }.map {
      MissingElement(line: report.lines.count, "section `## \($0)` is missing")
    }
  }

  private static func sequence(_ report: CheckedReport) -> [MissingElement] {
    var last = -1
    var seen: Set<String> = []
    return report.sections.sections.flatMap { section -> [MissingElement] in
      guard !AddendumHeading.isOne(section.title) else { return [] }
      guard let place = order.firstIndex(of: section.title) else {
        return [MissingElement(line: section.line, "`## \(section.title)` is no section of a report")]
      }
      guard seen.insert(section.title).inserted else {
        return [MissingElement(line: section.line, "section `## \(section.title)` occurs twice")]
      }
      defer { last = max(last, place) }
      return CheckedReport.require(
        place > last, section.line, "section `## \(section.title)` is out of order")
    }
  }

  private static func supportRequest(_ report: CheckedReport) -> [MissingElement] {
    let hasBug = report.findings.contains { $0.heading?.severity == .bugReport }
    let section = report.sections["Support Request Template"]
    if hasBug, section == nil {
      return [
        MissingElement(
          line: report.lines.count,
          "section `## Support Request Template` is missing: there is a BUG REPORT finding")
      ]
    }
    return CheckedReport.require(
      hasBug || section == nil, section?.line ?? 0,
      "`## Support Request Template` stands in a report without a BUG REPORT finding")
  }
}

/// What Markdown itself asks for: closed fences, whole tables, no HTML.
enum FormCheck {
  @Sendable static func check(_ report: CheckedReport) -> [MissingElement] {
    report.document.blocks.flatMap { block -> [MissingElement] in
      switch block.content {
      case .fence(_, _, let isClosed):
        CheckedReport.require(isClosed, block.line, "the fence that opens here is never closed")
      case .table(let table): self.table(table, block.line)
      case .comment(let text):
        CheckedReport.require(
          text.hasPrefix(BaselineComment.opening), block.line, "only the baseline may stand in a comment")
      case .text(let text):
        CheckedReport.require(!isHTML(text), block.line, "HTML stands in the report")
      case .heading: []
      }
    }
  }

  private static func table(_ table: MarkdownTable, _ line: Int) -> [MissingElement] {
    CheckedReport.require(table.hasRule, line, "the table has no line of dashes below its header")
      + table.rows.enumerated().flatMap { index, row in
        CheckedReport.require(
          row.count == table.header.count, table.firstRowLine + index,
          "the row has \(row.count) cells, the table \(table.header.count) columns")
      }
  }

  private static func isHTML(_ text: String) -> Bool {
    guard text.hasPrefix("<"), let second = text.dropFirst().first else { return false }
    return second.isLetter || second == "/" || second == "!"
  }
}

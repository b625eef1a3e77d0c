import Diagnosis

/// `## Summary`: one row per finding, agreeing with its heading.
enum SummaryCheck {
  static let header = ["#", "Finding", "Severity", "Recommendation", "Expected Impact"]

  @Sendable static func check(_ report: CheckedReport) -> [MissingElement] {
    guard let section = report.sections["Summary"] else { return [] }
    guard let (line, table) = section.tables.first, table.header == header else {
      return [MissingElement(line: section.line, "the table `\(header.joined(separator: " | "))` is missing")]
    }
    let findings = report.findings.compactMap(\.heading)
    guard !findings.isEmpty else {
      return CheckedReport.require(
        table.rows.count == 1 && table.rows[0].starts(with: ["—", "none"]), line,
        "the summary of a report without findings is not the one row `— | none`")
    }
    guard table.rows.count == findings.count else {
      return [
        MissingElement(
          line: line, "the summary has \(table.rows.count) rows for \(findings.count) findings")
      ]
    }
    return zip(table.rows, findings).enumerated().flatMap { index, pair in
      row(pair.0, pair.1, table.firstRowLine + index)
    }
  }

  private static func row(_ row: [String], _ heading: ReadFindingHeading, _ line: Int) -> [MissingElement] {
    guard row.count == header.count else { return [] }
    let title = MarkdownTable.cells(
      "| \(heading.title.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")) |")
    return CheckedReport.require(
      row[0] == "\(heading.number)" && [row[1]] == title && row[2] == heading.severity.rawValue, line,
      "the summary row does not agree with the heading of Finding \(heading.number)")
      + CheckedReport.require(
        !row[3].isEmpty && !row[4].isEmpty, line,
        "the summary row has no recommendation or no expected impact")
  }
}

/// `## Next Steps`.
enum NextStepsCheck {
  static let command = "plandx reassess "
  static let connectionOptions: Set<String> = [
    "-h", "-p", "-U", "-d", "-W", "--host", "--port", "--username", "--dbname", "--cluster", "--user",
    "--region",
  ]

  @Sendable static func check(_ report: CheckedReport) -> [MissingElement] {
    guard let section = report.sections["Next Steps"] else { return [] }
    let text = section.texts.map(\.text).joined(separator: " ")
    let first = report.findings.first { $0.recommendation?.fences("sql").isEmpty == false }?.heading?.number
    return CheckedReport.require(
      text.contains("eassess"), section.line, "the next steps do not invite to reassess")
      + CheckedReport.require(
        first.map { text.contains("apply Finding \($0) first and measure again") } ?? true, section.line,
        "the next steps do not say which finding to apply first, and to measure again")
      + CheckedReport.require(
        text.contains("becomes a new finding"), section.line,
        "the next steps do not say what happens when the change is far from the prediction")
      + commandLine(section)
  }

  private static func commandLine(_ section: ReportSections.Section) -> [MissingElement] {
    let found = section.fences().first { $0.text.hasPrefix(command) }
    guard let (line, text) = found else {
      return [MissingElement(line: section.line, "the `plandx reassess` command line is missing")]
    }
    let words = text.split(separator: " ").map(String.init)
    let connects = words.contains {
      connectionOptions.contains(String($0.prefix { $0 != "=" })) || $0.contains("://")
        || $0.contains("password")
    }
    return CheckedReport.require(!connects, line, "the command line holds connection options")
      + CheckedReport.require(
        words.count > 2 && !words[2].hasPrefix("-"), line, "the command line names no report file")
  }
}

/// The comment that a later run reads.
enum BaselineCheck {
  @Sendable static func check(_ report: CheckedReport) -> [MissingElement] {
    let comments = report.document.blocks.compactMap { block in
      if case .comment(let text) = block.content { (line: block.line, text: text) } else { nil }
    }
    guard let (line, text) = comments.first, comments.count == 1 else {
      return [
        MissingElement(
          line: comments.dropFirst().first?.line ?? report.lines.count,
          comments.isEmpty ? "the baseline comment is missing" : "there is more than one comment")
      ]
    }
    guard let baseline = BaselineComment.baseline(in: text) else {
      return [MissingElement(line: line, "the baseline cannot be decoded")]
    }
    return place(line, text, report) + figures(baseline, line, report) + findings(baseline, line, report)
  }

  private static func place(_ line: Int, _ text: String, _ report: CheckedReport) -> [MissingElement] {
    let inner = text.dropFirst(BaselineComment.opening.count).dropLast(BaselineComment.closing.count)
    let next = report.document.blocks.first { $0.line > line }
    let isLast =
      switch next?.content {
      case nil: true
      case .heading(2, let title): AddendumHeading.isOne(title)
      default: false
      }
    return CheckedReport.require(isLast, line, "the baseline does not stand at the end of the report")
      + CheckedReport.require(
        !inner.contains("<") && !inner.contains(">") && !inner.contains("--"), line,
        "the baseline holds `<`, `>` or `--` unescaped")
  }

  private static func figures(_ baseline: Baseline, _ line: Int, _ report: CheckedReport) -> [MissingElement]
  {
    let planning = report.fields["Planning Time"].flatMap { ReadFigure.milliseconds($0) }
    let same = { (a: Double?, b: Double?) in
      guard let a, let b else { return (a == nil) == (b == nil) }
      return (a - b).magnitude <= 0.000_6
    }
    return CheckedReport.require(
      same(baseline.figures.executionTime, report.executionTime), line,
      "the baseline's Execution Time is not the report's")
      + CheckedReport.require(
        same(baseline.figures.planningTime, planning), line,
        "the baseline's Planning Time is not the report's")
  }

  private static func findings(_ baseline: Baseline, _ line: Int, _ report: CheckedReport) -> [MissingElement]
  {
    let printed = report.findings.compactMap(\.heading)
    guard printed.count == baseline.findings.count else {
      return [
        MissingElement(
          line: line, "the baseline has \(baseline.findings.count) findings, the report \(printed.count)")
      ]
    }
    return zip(printed, baseline.findings).flatMap { heading, finding in
      CheckedReport.require(
        heading.number == finding.number && heading.title == finding.title
          && heading.severity == finding.severity,
        line, "the baseline does not agree with Finding \(heading.number)")
    }
  }
}

import Diagnosis

/// `## Findings`: numbers, headings, severities and the parts of each finding.
enum FindingsCheck {
  static let parts = ["What we observed", "Why it happened", "Recommendation"]
  static let comparison = ["Metric", "Estimated", "Actual", "Error"]

  @Sendable static func check(_ report: CheckedReport) -> [MissingElement] {
    guard let section = report.sections["Findings"] else { return [] }
    let findings = report.findings
    guard !findings.isEmpty else { return healthy(section) }
    let numbers = findings.map { $0.heading?.number ?? 0 }
    return CheckedReport.require(
      numbers == Array(1...findings.count), section.line, "the findings are not numbered from 1 without gaps")
      + order(findings, section.line)
      + findings.flatMap { one($0, executionTime: report.executionTime) + consequence($0, among: findings) }
  }

  /// All that one finding must have; addenda use it too, whose shares are of another run's time.
  static func one(_ finding: CheckedFinding, executionTime: Double?) -> [MissingElement] {
    heading(finding, executionTime) + subject(finding) + partsOf(finding) + comparisons(finding)
      + cause(finding)
      + bugReport(finding)
  }

  private static func healthy(_ section: ReportSections.Section) -> [MissingElement] {
    let text = section.texts.map(\.text).joined(separator: " ")
    return CheckedReport.require(
      text.contains("No finding") && text.contains { $0.isNumber }, section.line,
      "a report without findings does not say, with numbers, why the plan is considered healthy")
  }

  private static func heading(_ finding: CheckedFinding, _ executionTime: Double?) -> [MissingElement] {
    guard let heading = finding.heading else {
      return [
        MissingElement(
          line: finding.line,
          "the heading is not of the form `Finding N: … (SEVERITY — 12.3 ms, 45% of execution)`")
      ]
    }
    guard heading.severity != .bugReport else { return [] }
    guard let share = heading.share else {
      return [MissingElement(line: finding.line, "the heading of \(finding.name) has no share")]
    }
    return CheckedReport.require(!heading.title.isEmpty, finding.line, "\(finding.name) has no title")
      + CheckedReport.require(share <= 1, finding.line, "the share of \(finding.name) is over 100%")
      + CheckedReport.require(
        heading.severity == Severity(share: share), finding.line,
        "\(finding.name) is \(heading.severity.rawValue), but its share makes it \(Severity(share: share).rawValue)"
      )
      + time(heading, share, finding, executionTime)
  }

  /// Milliseconds over Execution Time is the share, within what rounding can do.
  private static func time(
    _ heading: ReadFindingHeading, _ share: Double, _ finding: CheckedFinding, _ executionTime: Double?
  ) -> [MissingElement] {
    guard !heading.isCost else { return [] }
    guard let milliseconds = heading.milliseconds else {
      return [MissingElement(line: finding.line, "the heading of \(finding.name) has no time")]
    }
    guard let execution = executionTime, execution > 0 else { return [] }
    let expected = min(milliseconds / execution, 1)
    return CheckedReport.require(
      (expected - share).magnitude <= 0.0051 + 0.5 / execution, finding.line,
      "the time of \(finding.name) is not its share of the Execution Time")
  }

  private static func subject(_ finding: CheckedFinding) -> [MissingElement] {
    let label = "**Applies to:** "
    let subject = finding.section.texts.first { $0.text.hasPrefix(label) }.map {
      $0.text.dropFirst(label.count)
    }
    return CheckedReport.require(
      subject.map { Subject(rawValue: String($0)) != nil } ?? false, finding.line,
      "\(finding.name) does not say what it applies to")
  }

  private static func partsOf(_ finding: CheckedFinding) -> [MissingElement] {
    let titles = finding.section.headings(4).map(\.text)
    guard titles == parts else {
      return [
        MissingElement(
          line: finding.line,
          "\(finding.name) has not exactly the parts \(parts.joined(separator: ", ")) in this order")
      ]
    }
    return finding.section.parts(4).flatMap {
      CheckedReport.require(!$0.blocks.isEmpty, $0.line, "`\($0.title)` of \(finding.name) is empty")
    }
  }

  private static func comparisons(_ finding: CheckedFinding) -> [MissingElement] {
    let tables = finding.observed?.tables.filter { $0.table.header.contains("Estimated") } ?? []
    return tables.flatMap { line, table -> [MissingElement] in
      guard table.header == comparison else {
        return [MissingElement(line: line, "the table is not `\(comparison.joined(separator: " | "))`")]
      }
      return table.rows.enumerated().flatMap { index, row in self.error(row, table.firstRowLine + index) }
    }
  }

  private static func error(_ row: [String], _ line: Int) -> [MissingElement] {
    guard row.count == comparison.count, let estimated = ReadFigure.leading(row[1])?.value,
      let actual = ReadFigure.leading(row[2])?.value, let printed = ReadFigure.leading(row[3])?.value,
      row[3].hasSuffix("x")
    else { return [MissingElement(line: line, "an estimate's error is not of the form `12.4x`")] }
    let error = Comparison("", estimated: estimated, actual: actual).error
    return CheckedReport.require(
      (error - printed).magnitude <= max(0.051, error * 0.01), line, "the error is not actual over estimated")
  }

  private static func cause(_ finding: CheckedFinding) -> [MissingElement] {
    guard let cause = finding.cause else { return [] }
    let texts = cause.texts.map(\.text)
    let basis = texts.first { $0.hasPrefix("- **How this is known:** ") }
    let isUnverified = basis?.contains("not verified") == true
    let saysSo = texts.contains { $0.hasPrefix("This cause is unverified") }
    return CheckedReport.require(
      basis != nil, cause.line, "\(finding.name) does not say how its cause is known")
      + CheckedReport.require(
        texts.contains { $0.hasPrefix("- **Wrong if:** ") }, cause.line,
        "\(finding.name) does not say what would show its cause to be wrong")
      + CheckedReport.require(
        !isUnverified || saysSo, cause.line, "the cause of \(finding.name) is not called unverified")
      + CheckedReport.require(
        !saysSo || !texts.contains("This cause is unverified. This query would check it:")
          || cause.fences("sql").contains { !$0.text.isEmpty }, cause.line,
        "the query that would check \(finding.name) is missing")
  }

  private static func bugReport(_ finding: CheckedFinding) -> [MissingElement] {
    guard finding.heading?.severity == .bugReport else { return [] }
    let text = finding.observed?.texts.map(\.text).joined(separator: " ") ?? ""
    return CheckedReport.require(
      text.contains("**query results are correct**"), finding.line,
      "\(finding.name) does not say whether query results are correct")
  }

  /// Causes come most expensive first; bug reports have no time and may stand anywhere.
  private static func order(_ findings: [CheckedFinding], _ line: Int) -> [MissingElement] {
    let shares = findings.filter { $0.consequenceOf == nil }.compactMap { $0.heading?.share }
    return CheckedReport.require(
      zip(shares, shares.dropFirst()).allSatisfy { $0 >= $1 - 0.006 }, line,
      "the findings are not ordered by impact")
  }

  private static func consequence(
    _ finding: CheckedFinding, among findings: [CheckedFinding]
  ) -> [MissingElement] {
    guard let number = finding.consequenceOf else { return [] }
    let cause = findings.first { $0.heading?.number == number }
    let isEarlier = number < finding.heading?.number ?? 0
    return CheckedReport.require(
      cause != nil && isEarlier && cause?.consequenceOf == nil, finding.line,
      "\(finding.name) names Finding \(number) as its cause, which is no earlier cause")
      + CheckedReport.require(
        finding.recommendation?.texts.contains { $0.text == AdviceView.consequenceSentence(number) } ?? false,
        finding.line, "the consequence sentence of \(finding.name) is not verbatim")
      + CheckedReport.require(
        finding.recommendation?.fences("sql").isEmpty ?? true, finding.line,
        "\(finding.name) is a consequence and yet has a recommendation of its own")
  }
}

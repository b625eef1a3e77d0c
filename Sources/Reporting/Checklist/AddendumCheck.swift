/// `## Addendum: After-Change Performance`, one per reassessment.
enum AddendumCheck {
  static let header = ["Metric", "Before", "After", "Improvement"]
  static let metrics = [
    "Total Query Cost", "Scan Type (main node)", "Estimated Rows Scanned", "Execution Time", "DPU (Total)",
    "Result Set",
  ]
  static let labels = [
    "**Change applied:**", "**Re-captured plan:**", "**Match against Expected Impact:**",
    "**Remaining findings status:**",
  ]

  @Sendable static func check(_ report: CheckedReport) -> [MissingElement] {
    var number = report.findings.compactMap { $0.heading?.number }.max() ?? 0
    return place(report)
      + report.sections.addenda.enumerated().flatMap { index, section -> [MissingElement] in
        let findings = CheckedFinding.all(in: section)
        let expected = Array((number + 1)..<(number + 1 + findings.count))
        number += findings.count
        return CheckedReport.require(
          section.title == AddendumHeading.text(number: index + 1), section.line,
          "the heading is not `## \(AddendumHeading.text(number: index + 1))`")
          + CheckedReport.require(
            findings.map { $0.heading?.number ?? 0 } == expected, section.line,
            "the addendum's findings do not continue the report's numbers")
          + parts(section, report) + findings.flatMap(new)
      }
  }

  /// Nothing but addenda follows the first addendum.
  private static func place(_ report: CheckedReport) -> [MissingElement] {
    let after = report.sections.sections.drop { !AddendumHeading.isOne($0.title) }
    return after.filter { !AddendumHeading.isOne($0.title) }.map {
      MissingElement(line: $0.line, "`## \($0.title)` stands below an addendum")
    }
  }

  private static func parts(_ section: ReportSections.Section, _ report: CheckedReport) -> [MissingElement] {
    let found = section.texts.compactMap { line in labels.first { line.text.hasPrefix($0) } }
    let order = CheckedReport.require(
      found == labels, section.line,
      "the addendum has not exactly \(labels.joined(separator: ", ")) in this order")
    let plan = section.parts(3).first { $0.title == "Re-captured Plan" }
    let hasPlan = CheckedReport.require(
      plan?.fences().isEmpty == false, section.line,
      "the re-captured plan does not stand in a fence of its own")
    return order + recaptured(section) + match(section) + statuses(section, report) + hasPlan + table(section)
  }

  private static func recaptured(_ section: ReportSections.Section) -> [MissingElement] {
    guard let (line, text) = section.texts.first(where: { $0.text.hasPrefix(labels[1]) }) else { return [] }
    return ["Query Identifier ", "Execution Time ", "DPU "].flatMap {
      CheckedReport.require(text.contains($0), line, "the re-captured plan's line has no \($0)")
    }
  }

  private static func match(_ section: ReportSections.Section) -> [MissingElement] {
    guard let (line, text) = section.texts.first(where: { $0.text.hasPrefix(labels[2]) }) else { return [] }
    let verdict = text.dropFirst(labels[2].count + 1)
    let isKnown = ["Yes — ", "No — ", "Not comparable — "].contains { verdict.hasPrefix($0) }
    return CheckedReport.require(
      isKnown && (!verdict.hasPrefix("No") || verdict.hasPrefix("Not") || verdict.contains("investigating")),
      line,
      "the match with the expected impact is neither Yes, No nor a reason")
  }

  private static func statuses(_ section: ReportSections.Section, _ report: CheckedReport) -> [MissingElement]
  {
    let numbers = report.findings.compactMap { $0.heading?.number }
    return numbers.flatMap { number in
      CheckedReport.require(
        section.texts.contains { $0.text.hasPrefix("- Finding \(number): ") }, section.line,
        "the addendum does not say what became of Finding \(number)")
    }
  }

  private static func table(_ section: ReportSections.Section) -> [MissingElement] {
    guard let (line, table) = section.tables.first, table.header == header else {
      return [MissingElement(line: section.line, "the table `\(header.joined(separator: " | "))` is missing")]
    }
    guard table.rows.map({ $0.first ?? "" }) == metrics, table.rows.allSatisfy({ $0.count == header.count })
    else {
      return [
        MissingElement(line: line, "the table has not exactly the rows \(metrics.joined(separator: ", "))")
      ]
    }
    return table.rows.enumerated().flatMap { index, row in improvement(row, table.firstRowLine + index) }
      + result(table, section)
  }

  /// The percentage is the quotient of both figures, and the arrow its direction.
  private static func improvement(_ row: [String], _ line: Int) -> [MissingElement] {
    guard row[3].hasSuffix("↓") || row[3].hasSuffix("↑"), let before = ReadFigure.leading(row[1])?.value,
      let after = ReadFigure.leading(row[2])?.value, before > 0
    else { return [] }
    let change = (before - after) / before
    let printed = ReadFigure.percent(row[3])
    return CheckedReport.require(
      (change >= 0) == row[3].hasSuffix("↓")
        && (printed.map { ($0 - change.magnitude).magnitude <= max(0.006, change.magnitude * 0.01) } ?? true),
      line,
      "the improvement is not what both figures give")
  }

  /// A changed row count is flagged above everything else.
  private static func result(_ table: MarkdownTable, _ section: ReportSections.Section) -> [MissingElement] {
    let row = table.rows[metrics.count - 1]
    let isWarned = section.texts.first?.text.hasPrefix("**The result row count changed from ") == true
    let line = table.firstRowLine + metrics.count - 1
    let differs = row[1].hasSuffix(" rows") && row[2].hasSuffix(" rows") && row[1] != row[2]
    return CheckedReport.require(
      !differs || row[3].hasPrefix("Diff"), line, "the row counts differ, and the table does not say so")
      + CheckedReport.require(
        !differs || isWarned, section.line, "a changed row count is not flagged in bold at the top")
  }

  private static func new(_ finding: CheckedFinding) -> [MissingElement] {
    let impacts = finding.section.texts.filter { $0.text.hasPrefix(AdviceCheck.label) }
    return FindingsCheck.one(finding, executionTime: nil)
      + CheckedReport.require(
        impacts.allSatisfy { $0.text.contains("not tried: run analyze") }, finding.line,
        "\(finding.name) of the addendum does not say that it was not tried")
  }
}

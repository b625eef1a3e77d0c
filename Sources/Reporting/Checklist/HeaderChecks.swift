/// What limits the report must be said in its first lines.
enum HeaderCheck {
  @Sendable static func check(_ report: CheckedReport) -> [MissingElement] {
    let texts = report.sections.preamble.compactMap { block in
      if case .text(let text) = block.content { text } else { nil }
    }
    return offline(report, texts) + estimates(report, texts)
  }

  private static func offline(_ report: CheckedReport, _ texts: [String]) -> [MissingElement] {
    guard report.isOffline else { return [] }
    let command = report.sections.preamble.contains { block in
      if case .fence(_, let text, _) = block.content { text.hasPrefix("plandx analyze ") } else { false }
    }
    return CheckedReport.require(
      texts.contains { $0.hasPrefix("**No fresh plan was captured.**") }, 3,
      "the first lines do not say that no fresh plan was captured")
      + CheckedReport.require(command, 3, "the first lines do not give the `plandx analyze` line")
  }

  private static func estimates(_ report: CheckedReport, _ texts: [String]) -> [MissingElement] {
    guard report.fields["Execution Time"]?.hasPrefix("not measured") == true else { return [] }
    return CheckedReport.require(
      texts.contains { $0.hasPrefix("**Estimates only.**") }, 3,
      "the first lines do not say that the report is made from estimates")
  }
}

/// `## Query Information`.
enum QueryInformationCheck {
  static let rows = ["Query Identifier", "Planning Time", "Execution Time", "DPU Estimate"]

  @Sendable static func check(_ report: CheckedReport) -> [MissingElement] {
    guard let section = report.sections["Query Information"] else { return [] }
    guard let (line, table) = section.tables.first, table.header == ["Field", "Value"] else {
      return [MissingElement(line: section.line, "the table `Field | Value` is missing")]
    }
    let fields = table.rows.map { $0.first ?? "" }
    let order = CheckedReport.require(
      Array(fields.prefix(rows.count)) == rows, line,
      "the table does not begin with the rows \(rows.joined(separator: ", "))")
    return order
      + table.rows.enumerated().flatMap { index, row in
        row.count == 2 ? value(of: row[0], row[1], table.firstRowLine + index, report) : []
      }
  }

  private static func value(
    of field: String, _ value: String, _ line: Int, _ report: CheckedReport
  ) -> [MissingElement] {
    switch field {
    case "Query Identifier":
      CheckedReport.require(
        !value.isEmpty && (!value.hasPrefix("not reported") || value.contains("compute_query_id")), line,
        "a missing Query Identifier does not name `compute_query_id`")
    case "Planning Time", "Execution Time":
      CheckedReport.require(
        ReadFigure.milliseconds(value) != nil || value.hasPrefix("not "), line, "\(field) is no time")
    case "DPU Estimate": dpu(value, line)
    default: CheckedReport.require(!value.isEmpty, line, "\(field) is empty")
    }
  }

  private static func dpu(_ value: String, _ line: Int) -> [MissingElement] {
    guard value != "not reported by this server" else { return [] }
    let parts = value.split(separator: ",").map { part -> (name: String, value: Double?) in
      let halves = part.split(separator: ":").map { String($0.drop { $0 == " " }) }
      return (halves.first ?? "", halves.count == 2 ? Double(halves[1]) : nil)
    }
    let names = parts.map(\.name).filter { $0 != "Multi-region write" }
    guard names == ["Compute", "Read", "Write", "Total"], parts.last?.name == "Total" else {
      return [
        MissingElement(line: line, "the DPU Estimate does not read `Compute: C, Read: R, Write: W, Total: T`")
      ]
    }
    guard let total = parts.last?.value, parts.allSatisfy({ $0.value != nil }) else { return [] }
    let sum = parts.dropLast().reduce(0) { $0 + ($1.value ?? 0) }
    return CheckedReport.require(
      (sum - total).magnitude <= 0.000_021, line, "the DPU components do not add up to their Total")
  }
}

/// `## SQL Statement`.
enum StatementCheck {
  @Sendable static func check(_ report: CheckedReport) -> [MissingElement] {
    guard let section = report.sections["SQL Statement"] else { return [] }
    let fences = section.fences("sql")
    guard let first = fences.first else {
      return CheckedReport.require(
        section.texts.contains { $0.text == StatementView.unknown }, section.line,
        "the statement does not stand in a fence marked sql")
    }
    return CheckedReport.require(!first.text.allSatisfy(\.isWhitespace), first.line, "the statement is empty")
      + rewritten(section, fences, report)
  }

  private static func rewritten(
    _ section: ReportSections.Section, _ fences: [(line: Int, text: String)], _ report: CheckedReport
  ) -> [MissingElement] {
    let original = fences[0]
    let writes = StatementVerb.writes(original.text)
    guard fences.count > 1 else {
      return CheckedReport.require(
        !writes || report.isOffline, original.line,
        "the SELECT that was run instead of the UPDATE or DELETE is missing")
    }
    let ran = fences[1]
    let hasReason = section.texts.contains {
      $0.line > original.line && $0.line < ran.line && $0.text.contains("because")
    }
    return CheckedReport.require(
      !StatementVerb.writes(ran.text), ran.line, "the statement that was run writes")
      + CheckedReport.require(
        hasReason || !writes, ran.line, "no sentence says why another statement was run")
  }
}

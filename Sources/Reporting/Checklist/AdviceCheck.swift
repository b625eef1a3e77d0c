/// Recommendations: right for the engine, undoable, with the provenance of every expected number.
enum AdviceCheck {
  static let provenances = [
    "(measured: ", "(planner estimate with a hypothetical index: ", "(computed from statistics: ",
  ]
  static let label = "**Expected impact:** "

  @Sendable static func check(_ report: CheckedReport) -> [MissingElement] {
    (report.findings + report.sections.addenda.flatMap { CheckedFinding.all(in: $0) }).flatMap {
      expectations($0) + statements($0, report)
    }
  }

  private static func expectations(_ finding: CheckedFinding) -> [MissingElement] {
    let lines = finding.section.texts.filter { $0.text.hasPrefix(label) }
    guard !lines.isEmpty else {
      return [MissingElement(line: finding.line, "\(finding.name) has no `**Expected impact:**`")]
    }
    return lines.flatMap { line, text in
      CheckedReport.require(
        isFounded(text.dropFirst(label.count)), line,
        "the expected impact of \(finding.name) does not say where its number comes from")
    }
  }

  /// A number needs provenance; a text without number says that there is none.
  private static func isFounded(_ text: Substring) -> Bool {
    provenances.contains { text.contains($0) } || text.contains("no number (missing evidence: ")
      || text.hasPrefix("none")
      || text.hasPrefix("included in Finding ")
  }

  private static func statements(_ finding: CheckedFinding, _ report: CheckedReport) -> [MissingElement] {
    guard let recommendation = finding.recommendation else { return [] }
    return recommendation.fences("sql").flatMap { line, sql -> [MissingElement] in
      let statements = sql.split(separator: "\n").map(String.init)
      let indexes = statements.filter { $0.hasPrefix("CREATE ") && $0.contains("INDEX ") }
      return indexes.flatMap { self.index($0, line, report) }
        + (indexes.isEmpty ? [] : undo(recommendation, line, finding))
        + foreign(sql, line, report)
    }
  }

  private static func index(_ sql: String, _ line: Int, _ report: CheckedReport) -> [MissingElement] {
    if report.isDSQL {
      return CheckedReport.require(
        sql.contains("INDEX ASYNC ") && !sql.contains("CONCURRENTLY"), line,
        "an index on Aurora DSQL is built with CREATE INDEX ASYNC") + duplicate(sql, line, report)
    }
    return CheckedReport.require(
      sql.contains("INDEX CONCURRENTLY ") || sql.contains(" ON ONLY "), line,
      "an index on PostgreSQL is built with CREATE INDEX CONCURRENTLY") + duplicate(sql, line, report)
  }

  private static func undo(
    _ recommendation: ReportSections.Section, _ line: Int, _ finding: CheckedFinding
  ) -> [MissingElement] {
    let texts = recommendation.texts.map(\.text)
    return CheckedReport.require(
      texts.contains { $0.hasPrefix("- **Undo:** ") && $0.contains("DROP INDEX") }, line,
      "\(finding.name) does not say how to undo its index")
      + CheckedReport.require(
        texts.contains { $0.hasPrefix("- **Danger:** ") }, line,
        "\(finding.name) does not name the danger of its index")
  }

  /// What Aurora DSQL refuses.
  private static func foreign(_ sql: String, _ line: Int, _ report: CheckedReport) -> [MissingElement] {
    guard report.isDSQL else { return [] }
    return ["SET work_mem", "VACUUM", "REINDEX", " DESC"].flatMap {
      CheckedReport.require(!sql.contains($0), line, "Aurora DSQL has no \($0.drop { $0 == " " })")
    }
  }

  /// The same columns of the same table stand among the index definitions of the evidence.
  private static func duplicate(_ sql: String, _ line: Int, _ report: CheckedReport) -> [MissingElement] {
    let tables = report.sections["Evidence"]?.tables ?? []
    let definitions = tables.filter { $0.table.header.contains("Definition") }.flatMap { $0.table.rows }
    let known = definitions.compactMap { $0.count > 2 ? target($0[2]) : nil }
    return CheckedReport.require(
      !known.contains(target(sql)), line, "the recommended index exists already")
  }

  /// `public.orders (id)`: table and columns, without access method and marks.
  private static func target(_ definition: String) -> String {
    let words = definition.split(separator: " ").map(String.init)
    let target = words.drop { $0 != "ON" }.dropFirst()
    let kept = target.enumerated().filter { index, word in
      word != "USING" && !(index > 0 && target.dropFirst(index - 1).first == "USING")
    }
    return kept.map(\.element).joined(separator: " ").filter { $0 != "`" && $0 != ";" }
  }
}

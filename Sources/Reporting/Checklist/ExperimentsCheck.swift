/// `## GUC Experiment Results`: done, or skipped for a named reason with the SQL to run by hand.
enum ExperimentsCheck {
  static let rows = [
    "Plan structure", "Execution time", "DPU (Total)", "Key differences", "Disabled strategy still used?",
  ]
  static let settings = [
    "SET enable_hashjoin = off;", "SET enable_nestloop = off;", "SET enable_mergejoin = on;",
  ]
  static let explain = "EXPLAIN ANALYZE VERBOSE "
  /// Seconds above which no trial runs the query.
  static let limit = 30.0

  @Sendable static func check(_ report: CheckedReport) -> [MissingElement] {
    guard let section = report.sections["GUC Experiment Results"] else { return [] }
    let skipped = section.texts.first { $0.text.hasPrefix("GUC experimentation skipped — ") }
    let noJoin = section.texts.contains { $0.text.hasPrefix("No join to vary") }
    let result: [MissingElement]
    if let skipped {
      result = skip(skipped.text, skipped.line, report) + manual(section, report)
    } else if noJoin {
      result = []
    } else {
      result = table(section, report)
    }
    return result + redundant(section)
  }

  private static func redundant(_ section: ReportSections.Section) -> [MissingElement] {
    let parts = section.parts(3)
    guard parts.last?.title == "Redundant Predicate Test Results", let part = parts.last else {
      return [
        MissingElement(
          line: section.line, "`### Redundant Predicate Test Results` is not the last part of the experiments"
        )
      ]
    }
    return CheckedReport.require(
      !part.blocks.isEmpty, part.line, "the redundant predicate results say neither done nor why not")
  }

  private static func table(_ section: ReportSections.Section, _ report: CheckedReport) -> [MissingElement] {
    guard let (line, table) = section.tables.first else {
      return [
        MissingElement(line: section.line, "neither experiments nor a reason why there were none")
      ]
    }
    let long = (report.executionTime ?? 0) > limit * 1000
    return CheckedReport.require(
      table.header.count > 1 && table.header.dropFirst().first == "Default", line,
      "the experiments do not begin with the column Default")
      + CheckedReport.require(
        table.rows.map { $0.first ?? "" } == rows, line,
        "the experiments have not exactly the rows \(rows.joined(separator: ", "))")
      + CheckedReport.require(!long, line, "a query of over 30 s was run again")
      + CheckedReport.require(
        !report.isOffline, line, "an offline report cannot have run experiments")
  }

  private static func skip(_ text: String, _ line: Int, _ report: CheckedReport) -> [MissingElement] {
    let long = (report.executionTime ?? 0) > limit * 1000
    let isTime = text.hasPrefix(
      "GUC experimentation skipped — original query execution time (")
    guard isTime else {
      return CheckedReport.require(
        ["--no-experiments", "offline", "the capture timed out after "].contains { text.contains($0) }, line,
        "the reason for skipping the experiments is not one of the known ones")
        + CheckedReport.require(
          !long || report.isOffline || text.contains("--no-experiments"), line,
          "a query of over 30 s does not say that this is why experiments were skipped")
    }
    guard let execution = report.executionTime else {
      return CheckedReport.require(
        text.contains("capture timed out) exceeds "), line, "the skipped experiments name no time")
    }
    let sentence =
      "GUC experimentation skipped — original query execution time (\(SkipText.executionTime(execution / 1000))) exceeds "
    return CheckedReport.require(
      text.hasPrefix(sentence) && text.contains("-second threshold."), line,
      "the sentence on skipped experiments is not `\(sentence)…-second threshold.`")
  }

  private static func manual(_ section: ReportSections.Section, _ report: CheckedReport) -> [MissingElement] {
    guard let (line, text) = section.fences("sql").first else {
      return [MissingElement(line: section.line, "the manual SQL of the experiment is missing")]
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let query = lines.dropFirst(settings.count).joined(separator: "\n")
    guard Array(lines.prefix(settings.count)) == settings, query.hasPrefix(explain), query.hasSuffix(";")
    else {
      return [MissingElement(line: line, "the manual SQL is not the four statements of the experiment")]
    }
    let statement = String(query.dropFirst(explain.count))
    return CheckedReport.require(
      !StatementVerb.writes(statement), line, "EXPLAIN ANALYZE of a statement that writes would execute it")
      + CheckedReport.require(
        isAdmitted(statement, report), line, "the manual SQL does not hold the SELECT that was admitted")
  }

  /// The statement that was run, else the original; a plan without statement has a placeholder.
  private static func isAdmitted(_ statement: String, _ report: CheckedReport) -> Bool {
    let fences = report.sections["SQL Statement"]?.fences("sql") ?? []
    guard let select = fences.last(where: { !StatementVerb.writes($0.text) })?.text else {
      return statement == ManualSQL.placeholder + ";"
    }
    let words = { (sql: String) in sql.filter { !$0.isWhitespace && $0 != ";" } }
    return follows(
      words(statement), words(select).split(separator: /\$[0-9]+/, omittingEmptySubsequences: false))
  }

  /// Whether a text is made of these pieces with something between each two: in the place of parameters.
  private static func follows(_ text: String, _ pieces: [Substring]) -> Bool {
    guard pieces.count > 1, let first = pieces.first, let last = pieces.last else {
      return text == pieces.first.map(String.init) ?? ""
    }
    guard text.hasPrefix(first), text.hasSuffix(last) else { return false }
    var rest = text.dropFirst(first.count)
    for piece in pieces.dropFirst() where !piece.isEmpty {
      guard let place = rest.firstRange(of: piece) else { return false }
      rest = rest[place.upperBound...]
    }
    return true
  }
}

/// `## Evidence`.
enum EvidenceCheck {
  @Sendable static func check(_ report: CheckedReport) -> [MissingElement] {
    guard let section = report.sections["Evidence"] else { return [] }
    let empty = section.parts(3).flatMap {
      CheckedReport.require(!$0.blocks.isEmpty, $0.line, "`### \($0.title)` is empty")
    }
    return CheckedReport.require(!section.blocks.isEmpty, section.line, "the evidence section is empty")
      + empty + offline(section, report)
  }

  /// Without a database the report says what is missing and how to collect it.
  private static func offline(_ section: ReportSections.Section, _ report: CheckedReport) -> [MissingElement]
  {
    guard report.isOffline else { return [] }
    let hasMissing = section.headings(3).contains { $0.text == "Missing evidence" }
    return CheckedReport.require(
      hasMissing || !section.tables.isEmpty, section.line,
      "an offline report does not say which evidence is missing")
      + CheckedReport.require(
        !hasMissing || !section.fences("sql").isEmpty
          || section.texts.contains { $0.text == "- " + EvidenceView.nothingToCollect }, section.line,
        "the SQL that would collect the missing evidence is not printed")
  }
}

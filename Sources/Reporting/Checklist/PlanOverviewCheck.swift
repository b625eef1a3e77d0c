/// `## Plan Overview`: the captured plan, and a ranking whose figures agree with each other.
enum PlanOverviewCheck {
  static let header = [
    "Rank", "Node", "Node Duration", "% of execution (wall)", "Own time", "Estimated rows", "Actual rows",
    "Error",
  ]

  @Sendable static func check(_ report: CheckedReport) -> [MissingElement] {
    guard let section = report.sections["Plan Overview"] else { return [] }
    let plan = section.fences().first
    let hasPlan = CheckedReport.require(
      plan.map { !$0.text.allSatisfy(\.isWhitespace) } ?? false, section.line,
      "the plan does not stand in a fence")
    guard let (line, table) = section.tables.first, table.header == header else {
      return hasPlan + [
        MissingElement(line: section.line, "the table `\(header.joined(separator: " | "))` is missing")
      ]
    }
    return hasPlan + rows(table, line) + sum(section, table, line)
      + legend(section, table, line) + layers(section, report) + pasted(section, report)
  }

  private static func rows(_ table: MarkdownTable, _ line: Int) -> [MissingElement] {
    let ranks = table.rows.map { $0.first ?? "" }
    let own = table.rows.map { $0.count == header.count ? ReadFigure.milliseconds($0[4]) : nil }
    let known = own.compactMap { $0 }
    return CheckedReport.require(
      (1...PlanOverviewView.rankedNodes).contains(table.rows.count), line,
      "the ranking has \(table.rows.count) rows, not 1 to \(PlanOverviewView.rankedNodes)")
      + CheckedReport.require(
        ranks == (0..<ranks.count).map { "\($0 + 1)" }, line, "the ranks do not count from 1")
      + CheckedReport.require(
        zip(known, known.dropFirst()).allSatisfy { $0 >= $1 }, line, "the ranking is not ordered by own time")
      + table.rows.enumerated().flatMap { index, row in self.row(row, table.firstRowLine + index) }
  }

  /// A node's own time is part of its duration, and no node takes more than the whole.
  private static func row(_ row: [String], _ line: Int) -> [MissingElement] {
    guard row.count == header.count, let duration = ReadFigure.milliseconds(row[2]),
      let own = ReadFigure.milliseconds(row[4]), let share = ReadFigure.percent(row[3])
    else { return [] }
    return CheckedReport.require(
      own <= duration * 1.01 + 0.001, line, "own time is longer than Node Duration")
      + CheckedReport.require(share <= 1, line, "a share of execution is over 100%")
  }

  /// A flag behind an own time is explained below the table.
  private static func legend(
    _ section: ReportSections.Section, _ table: MarkdownTable, _ line: Int
  ) -> [MissingElement] {
    ["inferred", "unknowable"].flatMap { flag in
      let isUsed = table.rows.contains { $0.count == header.count && $0[4].hasSuffix("(\(flag))") }
      let isExplained = section.texts.contains { $0.text.contains("\(flag): ") }
      return CheckedReport.require(!isUsed || isExplained, line, "no line says what `\(flag)` means")
    }
  }

  /// The own times of the table and of the unlisted nodes are those that the line below accounts for.
  private static func sum(
    _ section: ReportSections.Section, _ table: MarkdownTable, _ line: Int
  ) -> [MissingElement] {
    let own = table.rows.compactMap { $0.count == header.count ? ReadFigure.milliseconds($0[4]) : nil }
    guard !own.isEmpty else { return [] }
    guard let account = section.texts.lazy.compactMap({ Account($0.text) }).first else {
      return [MissingElement(line: line, "the line `accounted for: …` is missing")]
    }
    let listed = own.reduce(0, +) + (section.texts.lazy.compactMap { unlisted($0.text) }.first ?? 0)
    let later = section.texts.lazy.compactMap { afterRoot($0.text) }.first ?? 0
    let share = account.root > 0 ? account.total / account.root : 1
    return CheckedReport.require(
      isClose(listed - later, account.total, own.count), line,
      "the own times of the ranking do not add up to those that are accounted for")
      + CheckedReport.require(
        account.share.map { (share - $0).magnitude <= 0.006 } ?? true, line,
        "`accounted for` is not its own quotient")
  }

  /// Each printed figure is rounded by itself.
  private static func isClose(_ a: Double, _ b: Double, _ figures: Int) -> Bool {
    (a - b).magnitude <= 0.6 * Double(figures + 1)
  }

  private static func unlisted(_ text: String) -> Double? {
    guard text.contains("not listed: "), let colon = text.lastIndex(of: ":") else { return nil }
    return ReadFigure.milliseconds(text[colon...].dropFirst(2))
  }

  /// `11.8 ms went into data-modifying CTEs …`: listed, and no part of the root's duration.
  private static func afterRoot(_ text: String) -> Double? {
    guard let words = text.range(of: " went into data-modifying CTEs") else { return nil }
    return ReadFigure.milliseconds(text[..<words.lowerBound])
  }

  private struct Account {
    var share: Double?
    var total: Double
    var root: Double

    init?(_ text: String) {
      guard text.hasPrefix("accounted for: "), let open = text.firstIndex(of: "("),
        let total = Self.figure(after: "add up to ", in: text),
        let root = Self.figure(after: "the root took ", in: text)
      else { return nil }
      share = ReadFigure.percent(text[..<open].dropFirst("accounted for: ".count))
      self.total = total
      self.root = root
    }

    private static func figure(after mark: String, in text: String) -> Double? {
      var rest = Substring(text)
      while !rest.isEmpty, !rest.hasPrefix(mark) { rest = rest.dropFirst() }
      return ReadFigure.milliseconds(rest.dropFirst(mark.count))
    }
  }

  private static func layers(_ section: ReportSections.Section, _ report: CheckedReport) -> [MissingElement] {
    let plan = section.fences().first?.text ?? ""
    guard report.isDSQL, plan.contains("Filter") || plan.contains("Cond:") else { return [] }
    let isThere = section.tables.contains { $0.table.header == ["Node", "Layer", "Key", "Predicate"] }
    return CheckedReport.require(
      isThere, section.line, "no table names the layer that evaluates each predicate")
  }

  /// A plan that was pasted beside a live capture stands in the report, with what the comparison came to.
  private static func pasted(_ section: ReportSections.Section, _ report: CheckedReport) -> [MissingElement] {
    let parts = section.parts(3)
    let comparison = parts.first { $0.title == PastedPlanView.headings.comparison }
    let plan = parts.first { $0.title == PastedPlanView.headings.plan }
    guard let line = comparison?.line ?? plan?.line else { return [] }
    let hasVerdict = comparison?.texts.first?.text.hasPrefix("**") == true
    let hasPlan = plan?.fences().contains { !$0.text.allSatisfy(\.isWhitespace) } == true
    return CheckedReport.require(
      hasVerdict, line, "what the comparison with the pasted plan came to is missing")
      + CheckedReport.require(hasPlan, line, "the pasted plan does not stand in a fence")
      + CheckedReport.require(
        !report.isOffline, line, "an offline report has no captured plan to compare with a pasted one")
  }
}

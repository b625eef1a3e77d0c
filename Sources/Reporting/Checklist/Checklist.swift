/// Something that a report must have and has not, or has and must not have.
public struct MissingElement: Sendable, Equatable {
  /// Where it was found or expected, from 1.
  public var line: Int
  /// One line: what is wrong.
  public var message: String

  /// A message about a line.
  public init(line: Int, _ message: String) {
    self.line = line
    self.message = message
  }
}

/// Verifies a report, whoever wrote it, against everything that a report must have.
public enum Checklist {
  /// What is missing, in the order of the text; empty for a report that has everything.
  public static func check(_ text: String) -> [MissingElement] {
    let report = CheckedReport(text)
    let found = checks.flatMap { $0(report) }
    return found.enumerated().sorted {
      ($0.element.line, $0.offset) < ($1.element.line, $1.offset)
    }.map(\.element)
  }

  private static let checks: [@Sendable (CheckedReport) -> [MissingElement]] = [
    StructureCheck.check, FormCheck.check, HeaderCheck.check, QueryInformationCheck.check,
    StatementCheck.check,
    PlanOverviewCheck.check, FindingsCheck.check, AdviceCheck.check, ExperimentsCheck.check,
    EvidenceCheck.check,
    SupportRequestCheck.check, SummaryCheck.check, NextStepsCheck.check, BaselineCheck.check,
    AddendumCheck.check,
  ]
}

/// A report as the checks see it.
struct CheckedReport: Sendable {
  var lines: [String]
  var document: MarkdownDocument
  var sections: ReportSections

  init(_ text: String) {
    lines = MarkdownDocument.lines(of: text).map(String.init)
    document = MarkdownDocument(text)
    sections = ReportSections(document)
  }

  /// Line, field and value of every row of `## Query Information`.
  var fields: [String: String] { ReportText.fields(sections["Query Information"]) }

  /// Milliseconds as printed.
  var executionTime: Double? { fields["Execution Time"].flatMap { ReadFigure.milliseconds($0) } }

  /// Whether the plan was pasted.
  var isOffline: Bool { fields["Capture"]?.hasPrefix("pasted plan") == true }

  /// Whether the plan comes from Aurora DSQL.
  var isDSQL: Bool { fields["Engine"] == "Aurora DSQL" }

  /// The findings of the report itself, addenda left out.
  var findings: [CheckedFinding] { CheckedFinding.all(in: sections["Findings"]) }

  /// A message unless the condition holds.
  static func require(_ condition: Bool, _ line: Int, _ message: @autoclosure () -> String)
    -> [MissingElement]
  {
    condition ? [] : [MissingElement(line: line, message())]
  }
}

/// A finding as printed: its heading as read, and its parts.
struct CheckedFinding {
  var section: ReportSections.Section
  /// `nil` where the heading is not of the form that the report fixes.
  var heading: ReadFindingHeading?

  static func all(in section: ReportSections.Section?) -> [CheckedFinding] {
    (section?.parts(3) ?? []).filter { $0.title.hasPrefix("Finding ") }.map {
      CheckedFinding(section: $0, heading: ReadFindingHeading($0.title))
    }
  }

  var line: Int { section.line }
  var name: String { heading.map { "Finding \($0.number)" } ?? "the finding" }
  var observed: ReportSections.Section? { part("What we observed") }
  var cause: ReportSections.Section? { part("Why it happened") }
  var recommendation: ReportSections.Section? { part("Recommendation") }

  /// The number in the consequence sentence of the recommendation.
  var consequenceOf: Int? {
    let lead = "This finding is a consequence of Finding "
    return recommendation?.texts.lazy.compactMap { line in
      line.text.hasPrefix(lead) ? Int(line.text.dropFirst(lead.count).prefix { $0.isNumber }) : nil
    }.first
  }

  private func part(_ title: String) -> ReportSections.Section? {
    section.parts(4).first { $0.title == title }
  }
}

import Diagnosis
import Statements

/// Prints a ``DiagnosticReport`` as the Markdown file that users get.
public struct MarkdownReport: Sendable {
  private let templates: SectionTemplates

  /// A printer with the built-in templates; some may be replaced, by section name.
  public init(replacing templates: [String: String] = [:]) throws(TemplateError) {
    self.templates = try SectionTemplates(replacing: templates)
  }

  /// The whole file, baseline comment at its end.
  public func text(of report: DiagnosticReport) -> String {
    let sections = Self.views(of: report).map { templates.render($0.view, with: $0.template) }
    let text = (sections + [BaselineComment.text(for: Baseline(report))]).joined(separator: "\n\n") + "\n"
    return HiddenCharacters.shown(in: text)
  }

  /// The addendum that a reassessment appends; see ``ReportText/appending(addendum:to:)``.
  public func addendum(for reassessment: Reassessment) -> String {
    HiddenCharacters.shown(in: templates.render(AddendumView(reassessment), with: "addendum") + "\n")
  }

  /// The sections that this report has, in order, each with the name of its template.
  static func views(of report: DiagnosticReport) -> [(template: String, view: Any)] {
    var views: [(template: String, view: Any)] = [
      ("header", HeaderView(report)), ("query-information", QueryInformationView(report)),
      ("sql-statement", StatementView(report)), ("plan-overview", PlanOverviewView(report)),
      ("findings", FindingsView(report)), ("guc-experiments", ExperimentsView(report)),
      ("evidence", EvidenceView(report)),
    ]
    if report.findings.findings.contains(where: { $0.severity == .bugReport }) {
      views.append(("support-request", SupportRequestView(report)))
    }
    return views + [("summary", SummaryView(report)), ("next-steps", NextStepsView(report))]
  }
}

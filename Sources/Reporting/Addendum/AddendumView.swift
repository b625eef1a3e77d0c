import Diagnosis
import PlanModel

/// `## Addendum: After-Change Performance`: before, after, and what became of each finding.
struct AddendumView {
  var heading: String
  var warning: String?
  var change: String
  var recaptured: String
  var metrics: [AddendumMetric]
  var match: String
  var statuses: [String]
  var planHeading = "Re-captured Plan"
  var plan: Fence
  var findingsHeading = "New Findings"
  var findingsLead: String
  var findings: [FindingView]

  init(_ reassessment: Reassessment) {
    let new = reassessment.new
    heading = AddendumHeading.text(number: reassessment.number)
    warning = Self.warning(reassessment)
    change = Markdown.prose(reassessment.change ?? DerivedChange(reassessment).text)
    recaptured = Self.recaptured(new)
    metrics = AddendumMetric.all(from: reassessment.baseline.figures, to: new.plan)
    match = PredictionCheck(reassessment).sentence
    statuses = FindingStatus.lines(reassessment)
    plan = .text(new.planText)
    let added = reassessment.newFindings
    findings = added.map { FindingView($0, in: new, isTried: false) }
    findingsLead = Self.lead(added.count)
  }

  private static func warning(_ reassessment: Reassessment) -> String? {
    let (before, after) = reassessment.rowCounts
    guard reassessment.hasOtherRowCount, let before, let after else { return nil }
    return
      "The result row count changed from \(Figure.count(before)) to \(Figure.count(after)). An index must not change results: find out whether the data or the statement changed before trusting this comparison."
  }

  private static func recaptured(_ report: DiagnosticReport) -> String {
    let time = report.plan.executionTime.map(Figure.exactMilliseconds) ?? "not measured"
    return
      "Query Identifier \(report.plan.queryIdentifier ?? "not reported"), Execution Time \(time), DPU \(report.plan.dpu?.total.map(Figure.dpu) ?? "not reported by this server")"
  }

  private static func lead(_ count: Int) -> String {
    switch count {
    case 0: "No new finding."
    case 1: "1 finding that the report above does not have; nothing was tried."
    default: "\(count) findings that the report above does not have; nothing was tried."
    }
  }
}

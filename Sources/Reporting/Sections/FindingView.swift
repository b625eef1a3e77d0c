import Diagnosis
import PlanModel

/// One finding: what was seen, why, what to do.
struct FindingView {
  var heading: String
  var appliesTo: String
  var planLines: Fence?
  var observations: [String]
  var hasObservations: Bool
  var resultStatement: String?
  var comparisons: [ComparisonRow]
  var hasComparisons: Bool
  var measurements: [MeasurementRow]
  var hasMeasurements: Bool
  var explanation: String
  var basis: String
  var falsifier: String
  var unverified: String?
  var check: Fence?
  var advice: [AdviceView]

  struct ComparisonRow {
    var metric: String
    var estimated: String
    var actual: String
    var error: String

    init(_ comparison: Comparison) {
      metric = Markdown.cell(comparison.metric)
      estimated = Figure.count(comparison.estimated)
      actual = Figure.count(comparison.actual)
      error = Figure.ratio(comparison.error)
    }
  }

  struct MeasurementRow {
    var name: String
    var value: String
    var source: String

    init(_ measurement: Measurement) {
      name = Markdown.cell(measurement.name)
      value = Figure.measured(measurement.value, unit: measurement.unit)
      source = Markdown.cell(measurement.source)
    }
  }

  init(_ ranked: RankedFinding, in report: DiagnosticReport, isTried: Bool = true) {
    let finding = ranked.finding
    heading = FindingHeading(ranked).text
    appliesTo = finding.appliesTo.rawValue
    planLines = Self.planLines(finding.blamedNodes, in: report)
    observations = finding.observations.map(Markdown.prose)
    hasObservations = !observations.isEmpty
    resultStatement = ranked.severity == .bugReport ? ResultStatement(report).text : nil
    comparisons = finding.comparisons.map(ComparisonRow.init)
    hasComparisons = !comparisons.isEmpty
    measurements = finding.measurements.map(MeasurementRow.init)
    hasMeasurements = !measurements.isEmpty
    explanation = Markdown.paragraph(finding.cause.explanation)
    basis = finding.cause.basis.rawValue
    falsifier = Markdown.paragraph([
      finding.cause.falsifier + (finding.cause.falsifier.hasSuffix(".") ? "" : ".")
    ])
    unverified = Self.unverified(finding.cause)
    check = finding.cause.basis == .unverified ? finding.cause.check.map(Fence.sql) : nil
    advice = AdviceView.all(for: ranked, in: report)
    if !isTried { advice = advice.map(\.asNotTried) }
  }

  private static func planLines(_ nodes: [Int], in report: DiagnosticReport) -> Fence? {
    let lines = PlanLines(report.plan, text: report.planText).lines(of: nodes)
    return lines.isEmpty ? nil : .text(lines.joined(separator: "\n"))
  }

  private static func unverified(_ cause: Cause) -> String? {
    guard cause.basis == .unverified else { return nil }
    return cause.check == nil
      ? "This cause is unverified, and no single query would check it."
      : "This cause is unverified. This query would check it:"
  }
}

import Diagnosis
import PlanModel
import Testing

@testable import Reporting

@Suite struct AddendumTests {
  let printer: MarkdownReport
  let report: String
  let original: ReportText

  init() throws {
    printer = try MarkdownReport()
    report = printer.text(of: OrdersReport.report)
    original = try #require(ReportText(report))
  }

  func appended(_ new: DiagnosticReport, to text: String? = nil, change: String? = nil) throws -> String {
    let text = text ?? report
    let read = try #require(ReportText(text))
    return ReportText.appending(
      addendum: printer.addendum(for: Reassessment(of: read, new: new, change: change)), to: text)
  }

  @Test func printsEveryAddendumAsRecorded() throws {
    var text = try appended(ReassessmentSamples.kept)
    text = try appended(ReassessmentSamples.unused, to: text, change: "Finding 1 applied, then dropped again")
    text = try appended(ReassessmentSamples.changedResult, to: text)
    #expect(Checklist.check(text) == [])
    try Golden.compare(text, with: "postgres-reassessed")
  }

  @Test func leavesTheTextAboveUntouched() throws {
    for text in [report, report + "\n", String(report.dropLast())] {
      #expect(try appended(ReassessmentSamples.kept, to: text).hasPrefix(text))
    }
  }

  @Test func numbersAddendaAndTheirFindingsOn() throws {
    let once = try appended(ReassessmentSamples.unused)
    let twice = try appended(ReassessmentSamples.unused, to: once)
    #expect(once.contains("\n## Addendum: After-Change Performance\n"))
    #expect(once.contains("\n### Finding 4: Finding 1 was expected to save time, and nothing was saved ("))
    #expect(twice.contains("\n## Addendum 2: After-Change Performance\n"))
    #expect(twice.contains("\n### Finding 5: Finding 1 was expected to save time, and nothing was saved ("))
  }

  @Test func flagsAChangedRowCountInBoldAtTheTop() throws {
    let text = try appended(ReassessmentSamples.changedResult)
    #expect(
      text.contains(
        "## Addendum: After-Change Performance\n\n**The result row count changed from 4,200 to 4,100. An index must not change results"
      ))
    #expect(
      text.contains("**Match against Expected Impact:** Not comparable — the result row count changed, so"))
    #expect(text.contains("| Result Set | 4,200 rows | 4,100 rows | Diff: row count changed |"))
    #expect(try !appended(ReassessmentSamples.kept).contains("The result row count changed"))
  }

  @Test(arguments: [
    ("before", 100.0, 60.0, true), ("exactly half", 100, 50, true), ("exactly twice", 100, 200, true),
    ("less than half", 100, 49.9, false), ("more than twice", 100, 200.1, false), ("nothing", 100, 0, false),
    ("slower", 100, -30, false), ("slower as predicted", -30, -30, false),
  ])
  func holdsAPredictionWithinAFactorOfTwo(
    _ name: String, _ predicted: Double, _ observed: Double, _ holds: Bool
  ) {
    #expect(PredictionCheck.holds(observed: observed, predicted: predicted) == holds)
  }

  @Test func derivesTheChangeFromIndexesAnalyzeTimesAndStatement() throws {
    var new = ReassessmentSamples.kept
    new.evidence.relations[1].statistics.lastAnalyze = "2026-10-13 01:00:00+00"
    new.statement.original = "SELECT 1"
    let text = DerivedChange(Reassessment(of: original, new: new)).text
    #expect(
      text
        == "index `orders_status_created_at_idx` appeared; ANALYZE of `public.customers` at 2026-10-13 01:00:00+00; the statement's text differs"
    )
  }

  @Test func sayWhatBecameOfEveryFinding() {
    let new = ReassessmentSamples.capture(
      findings: RankedFindings(
        findings: [RankedFinding(number: 1, finding: OrdersReport.loop, severity: .moderate)],
        minor: [OrdersReport.stale]))
    #expect(
      FindingStatus.lines(Reassessment(of: original, new: new)) == [
        "Finding 1: resolved.", "Finding 2: now trivial (151 ms).",
        "Finding 3: still applies (MODERATE — 151 ms, 7% of execution).",
      ])
  }

  @Test func comparesNothingThatWasNotMeasured() {
    var new = ReassessmentSamples.kept
    new.plan = TimedOutReport.report.plan
    let reassessment = Reassessment(of: original, new: new)
    #expect(PredictionCheck(reassessment).sentence.hasPrefix("Not comparable — "))
    #expect(FindingStatus.lines(reassessment)[0] == "Finding 1: not known: the new plan was not measured.")
  }
}

import Reporting
import Testing

@Suite struct ChecklistOnGoodReports {
  @Test(arguments: SampleReports.all)
  func findsNothingMissingInAReportOfThisProgram(_ sample: SampleReport) throws {
    let text = try MarkdownReport().text(of: sample.report)
    #expect(Checklist.check(text) == [])
  }
}

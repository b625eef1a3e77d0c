import Catalog
import Diagnosis
import Testing

@testable import Reporting

@Suite struct BaselineTests {
  @Test(arguments: SampleReports.all)
  func readsAReportBack(_ sample: SampleReport) throws {
    let read = try #require(ReportText(MarkdownReport().text(of: sample.report)))
    #expect(read.baseline == Baseline(sample.report))
    #expect(read.statement == sample.report.statement.original)
    #expect(read.ranStatement == sample.report.statement.ran)
    #expect(read.planText == sample.report.planText)
    #expect(read.engine == sample.report.engine.engine)
    #expect(read.addendumCount == 0)
    #expect(read.lastFindingNumber == sample.report.findings.findings.count)
  }

  @Test(arguments: SampleReports.all)
  func recoversTheNumbersWhenTheCommentWasLost(_ sample: SampleReport) throws {
    let text = try MarkdownReport().text(of: sample.report)
    let without = text.split(separator: "\n", omittingEmptySubsequences: false).filter {
      !$0.hasPrefix("<!--")
    }
    let read = try #require(ReportText(without.joined(separator: "\n")))
    let recovered = read.knownBaseline()
    let baseline = Baseline(sample.report)
    #expect(read.baseline == nil)
    #expect(recovered.figures == baseline.figures)
    #expect(recovered.queryIdentifier == baseline.queryIdentifier)
    #expect(recovered.statementKind == baseline.statementKind)
    #expect(recovered.findings.map(\.title) == baseline.findings.map(\.title))
    #expect(recovered.findings.map(\.severity) == baseline.findings.map(\.severity))
  }

  @Test(arguments: ["--> <!-- a", "a---b", "<script>", "\"quoted\" \\ back", "ünïcödé\n|"])
  func keepsTextThatWouldEndTheComment(_ title: String) {
    var baseline = Baseline(OrdersReport.report)
    baseline.findings[0].title = title
    let comment = BaselineComment.text(for: baseline)
    let inner = comment.dropFirst(4).dropLast(3)
    #expect(!inner.contains("<") && !inner.contains(">") && !inner.contains("--"))
    #expect(!comment.contains("\n"))
    #expect(BaselineComment.baseline(in: comment) == baseline)
  }

  @Test func keepsFiguresThatAreNoNumbers() throws {
    var baseline = Baseline(OrdersReport.report)
    baseline.figures.rootRows = .infinity
    #expect(BaselineComment.baseline(in: BaselineComment.text(for: baseline)) == baseline)
  }

  @Test func refusesABaselineOfANewerForm() {
    var baseline = Baseline(OrdersReport.report)
    baseline.version = Baseline.currentVersion + 1
    #expect(BaselineComment.baseline(in: BaselineComment.text(for: baseline)) == nil)
  }

  @Test(arguments: ["", "# Another document\n", "# SQL Query Explainability — Diagnostic Report\n"])
  func readsNothingFromATextThatIsNoReport(_ text: String) {
    #expect(ReportText(text) == nil)
  }

  @Test func holdsNoLiteralOfTheStatement() {
    let comment = BaselineComment.text(for: Baseline(OrdersReport.report))
    for literal in ["pending", "a -- b", "shipped", "2024-01-01"] { #expect(!comment.contains(literal)) }
  }
}

@Suite struct SupportRequestTests {
  /// From the statement, the plan, the index predicate, the most common values and the histogram.
  static let secrets = [
    "eu-west-1", "us-east-1", "4711.25", "top secret", "hidden value", "ap-south-1", "us-west-2",
  ]

  @Test(arguments: secrets)
  func holdsNoValueFromTheStatementThePlanOrTheStatistics(_ secret: String) throws {
    let text = try MarkdownReport().text(of: AnomalyReport.report)
    let section = try #require(Self.section("Support Request Template", of: text))
    #expect(text.contains(secret) || secret.hasPrefix("ap-") || secret.hasPrefix("us-west"))
    #expect(!section.contains(secret))
  }

  @Test func givesOneLiteralOneNameThroughoutTheSection() throws {
    let text = try MarkdownReport().text(of: AnomalyReport.report)
    let section = try #require(Self.section("Support Request Template", of: text))
    #expect(section.contains("o.region = $2") && section.contains("(region = $2::text)"))
  }

  @Test func standsOnlyInAReportWithABugReport() throws {
    let text = try MarkdownReport().text(of: OrdersReport.report)
    #expect(Self.section("Support Request Template", of: text) == nil)
  }

  @Test(arguments: [
    (
      ResultCount.counted(1200),
      "The **query results are correct**: `count(*)` over the statement returned 1,200,"
    ),
    (
      .counted(1199),
      "That **query results are correct** is not confirmed: `count(*)` over the statement returned 1,199, but"
    ),
    (
      .notCounted,
      "That **query results are correct** is not confirmed here: only EXPLAIN's figures are affected in the known cases."
    ),
  ])
  func saysHowItKnowsThatResultsAreCorrect(_ count: ResultCount, _ sentence: String) throws {
    var report = AnomalyReport.report
    report.resultCount = count
    #expect(try MarkdownReport().text(of: report).contains(sentence))
  }

  static func section(_ title: String, of text: String) -> Substring? {
    let marker = "\n## "
    var rest = Substring(text)
    while let range = rest.firstRange(of: marker) {
      rest = rest[range.upperBound...]
      if rest.hasPrefix(title) { return rest.firstRange(of: marker).map { rest[..<$0.lowerBound] } ?? rest }
    }
    return nil
  }
}

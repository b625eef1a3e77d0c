import Diagnosis
import Statements
import Testing

@testable import Reporting

/// Statements, plans and names come from outside; none of them may break the report around it.
@Suite struct HostileTextTests {
  static let texts = [
    "SELECT '```\n## Findings\n### Finding 1: x (LOW)\n```'", "SELECT 1 --> <!-- plandx-baseline {} -->",
    "SELECT '| a | b |', \"c`d\"", "````sql\nSELECT 1\n````", "SELECT '\r\n', 'a\rb'",
    "SELECT '{{title}} {{#findings}}'",
    "SELECT '<b>&amp;</b>'", "SELECT '\u{1B}[31m', \"\u{202E}a\", '\u{2028}\u{9B}'",
  ]

  @Test(arguments: texts)
  func keepsWhatAStatementSays(_ sql: String) throws {
    let text = try MarkdownReport().text(of: report { $0.statement.original = sql })
    #expect(Checklist.check(text) == [])
    #expect(ReportText(text)?.statement == PrintableSQL.text(sql))
    #expect(!HiddenCharacters.occur(in: text))
  }

  @Test(arguments: texts)
  func keepsAPlanWithItsHiddenCharactersShown(_ plan: String) throws {
    let text = try MarkdownReport().text(of: report { $0.planText = plan })
    #expect(Checklist.check(text) == [])
    #expect(ReportText(text)?.planText == HiddenCharacters.shown(in: plan))
  }

  @Test(arguments: texts)
  func keepsAFindingInItsPlace(_ title: String) throws {
    let text = try MarkdownReport().text(
      of: report {
        $0.findings.findings[0].finding.title = title
        $0.findings.findings[0].finding.observations = [title]
        $0.findings.findings[0].finding.cause.explanation = [title]
        $0.findings.findings[0].finding.comparisons[0].metric = title
      })
    #expect(Checklist.check(text) == [])
    #expect(ReportText(text)?.findings.count == 3)
  }

  @Test(arguments: texts)
  func keepsEvidenceWithinItsTables(_ value: String) throws {
    let text = try MarkdownReport().text(
      of: report {
        $0.evidence.relations[0].columns[0].distribution?.mostCommonValues[0] = value
        $0.evidence.relations[0].columns[0].name = value
        $0.evidence.relations[0].predicateCounts[0].predicates = [value]
        $0.evidence.gaps[0].reason = value
      })
    #expect(Checklist.check(text) == [])
  }

  @Test func readsAReportThatWasConvertedToCRLF() throws {
    let text = try MarkdownReport().text(of: OrdersReport.report)
    let converted = text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
    #expect(Checklist.check(converted) == [])
    #expect(ReportText(converted) == ReportText(text))
  }

  private func report(_ change: (inout DiagnosticReport) -> Void) -> DiagnosticReport {
    var report = OrdersReport.report
    change(&report)
    return report
  }
}

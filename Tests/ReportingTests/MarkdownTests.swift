import Testing

@testable import Reporting

@Suite struct MarkdownTests {
  @Test(arguments: [
    ("a | b", "a \\| b"), ("two\nlines", "two lines"), ("x < y", "x \\< y"), ("`a < b`", "`a < b`"), ("", ""),
  ])
  func keepsACellWithinItsTable(_ text: String, _ cell: String) {
    #expect(Markdown.cell(text) == cell)
  }

  @Test(arguments: [
    ("plain", "`plain`"), ("a `b` c", "``a `b` c``"), ("`b`", "`` `b` ``"), ("a\n  b", "`a b`"), ("", "–"),
  ])
  func marksCodeWithMoreBackticksThanItHolds(_ text: String, _ code: String) {
    #expect(Markdown.code(text) == code)
  }

  @Test(arguments: [
    ("SELECT 1\n", "```", "SELECT 1"), ("a ``` b", "````", "a ``` b"), ("`````", "``````", "`````"),
  ])
  func fencesTextWithMarksThatItDoesNotHold(_ text: String, _ mark: String, _ body: String) {
    let fence = Fence.sql(text)
    #expect(fence.mark == mark)
    #expect(fence.text == body)
  }

  @Test func readsBackWhatItPrinted() {
    let text =
      "## A\n\n````sql\n``` # no heading | no table\n````\n\n| a | b |\n|---|---|\n| x \\| y | \\< |\n\n<!-- c -->\n"
    let document = MarkdownDocument(text)
    let section = ReportSections(document)["A"]
    #expect(section?.fences("sql").map(\.text) == ["``` # no heading | no table"])
    #expect(section?.tables.map(\.table.rows) == [[["x | y", "<"]]])
    #expect(section?.tables.map(\.line) == [7])
    #expect(document.blocks.count == 4)
  }

  @Test(arguments: [
    ("SELECT 1", "SELECT 1;"), ("SELECT 1 ; \n", "SELECT 1;"), ("SELECT 1 -- why", "SELECT 1 -- why\n;"),
    ("SELECT '--'", "SELECT '--'\n;"),
  ])
  func endsManualSQLWithASemicolonThatNoCommentSwallows(_ sql: String, _ expected: String) {
    let lines = ManualSQL.lines(ReportedStatement(original: sql))
    #expect(lines.last == "EXPLAIN ANALYZE VERBOSE " + expected)
  }

  @Test(arguments: [ReportedStatement.Kind.update, .delete])
  func neverPutsAStatementThatWritesBehindExplainAnalyze(_ kind: ReportedStatement.Kind) {
    let lines = ManualSQL.lines(ReportedStatement(original: "\(kind.rawValue) t", kind: kind))
    #expect(lines.last == "EXPLAIN ANALYZE VERBOSE <the admitted SELECT>;")
  }
}

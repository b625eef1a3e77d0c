import Testing

@testable import Postgres

@Suite struct DisplayWidthTests {
  @Test(arguments: [("", 0), ("abc", 3), ("größe", 5), ("e\u{301}", 1), ("日本", 4), ("😀", 2)])
  func countsTheColumnsOfATerminal(_ text: String, _ columns: Int) {
    #expect(DisplayWidth.columns(of: text) == columns)
  }
}

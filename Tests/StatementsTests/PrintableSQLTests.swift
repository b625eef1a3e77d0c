import Testing

@testable import Statements

/// SQL that is printed: what it means stays, and nothing in it is obeyed by a terminal.
@Suite struct PrintableSQLTests {
  static let texts: [(String, String)] = [
    ("SELECT 1\n\t-- 'é'", "SELECT 1\n\t-- 'é'"),
    ("SELECT \"a\u{1B}[31m\\b\" FROM t", "SELECT U&\"a\\001B[31m\\\\b\" FROM t"),
    ("SELECT \"a\"\"\u{202E}b\"", "SELECT U&\"a\"\"\\202Eb\""),
    ("SELECT '\u{1B}''\\'", "SELECT E'\\u001B''\\\\'"),
    ("SELECT E'\\n\u{07}\\\u{07}\\\\'", "SELECT E'\\n\\u0007\\u0007\\\\'"),
    ("SELECT e'\\'\u{9B}'", "SELECT E'\\'\\u009B'"),
    ("SELECT $x$it's \\ \u{200B}$x$", "SELECT E'it''s \\\\ \\u200B'"),
    ("SELECT U&'\\0061\u{1B}'", "SELECT U&'\\0061\\001B'"),
    ("SELECT U&\"!0061\u{1B}\" UESCAPE '!'", "SELECT U&\"!0061!001B\" UESCAPE '!'"),
    ("SELECT \"\u{E0041}\", '\u{E0041}'", "SELECT U&\"\\+0E0041\", E'\\uDB40\\uDC41'"),
    ("SELECT Na\u{202E}Me", "SELECT U&\"na\\202Eme\""),
    ("SELECT 1 -- \u{1B}\n/* \u{202E} */", "SELECT 1 -- \\u001B\n/* \\u202E */"),
    ("SELECT 1\r\nFROM 'a\r\nb'\rWHERE\u{0C}x", "SELECT 1\nFROM E'a\\r\nb'\nWHERE x"),
    ("SELECT 'a'\r\n'\u{1B}'", "SELECT E'a'\n'\\u001B'"),
    ("SELECT \"\u{301}\u{1B}\"", "SELECT U&\"\u{301}\\001B\""),
    ("no SQL: ' \u{1B}", "no SQL: ' \\u001B"),
  ]

  @Test(arguments: texts)
  func writesHiddenCharactersAsEscapes(_ sql: String, _ printed: String) {
    #expect(PrintableSQL.text(sql) == printed)
    #expect(PrintableSQL.text(printed) == printed)
    #expect(!HiddenCharacters.occur(in: printed))
  }

  static let lines: [(String, String)] = [
    ("SELECT  1", "SELECT  1"),
    ("SELECT 1\n  FROM t", "SELECT 1 FROM t"),
    ("DROP INDEX \"a\nb\";", "DROP INDEX U&\"a\\000Ab\";"),
    ("SELECT 'a\tb\n' -- c\nFROM t", "SELECT E'a\\tb\\n'  FROM t"),
    ("it's\n two", "it's two"),
  ]

  @Test(arguments: lines)
  func writesEverythingOnOneLine(_ sql: String, _ printed: String) {
    #expect(PrintableSQL.line(sql) == printed)
  }

  @Test func showsCharactersThatHide() {
    #expect(
      HiddenCharacters.shown(in: "a\u{1B}[0m\u{7F}\u{85}\u{2066}\u{FEFF}")
        == "a\\u001B[0m\\u007F\\u0085\\u2066\\uFEFF")
    #expect(HiddenCharacters.shown(in: "a\r\nb\rc\r") == "a\nb\\u000Dc\\u000D")
    // An emoji that is joined from three, and a letter with a combining mark.
    #expect(
      HiddenCharacters.shown(in: "👨\u{200D}👩\u{200D}👧 e\u{301}\t\n") == "👨\u{200D}👩\u{200D}👧 e\u{301}\t\n")
    #expect(HiddenCharacters.name("a\nb\tc") == "a\\u000Ab\\u0009c")
  }
}

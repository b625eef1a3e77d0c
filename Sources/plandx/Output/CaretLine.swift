import Postgres
import Statements

/// A line of a statement and the place of an error in it, as a terminal shows them.
struct CaretLine {
  /// The line with its hidden characters shown, and a blank for each tab.
  let line: String
  /// Blanks up to the place, and a caret.
  let caret: String

  /// - Parameters:
  ///   - line: one line of the statement.
  ///   - offset: code points before the place, as PostgreSQL counts them.
  ///   - label: stands before the line.
  init(_ line: String, offset: Int, label: String) {
    let before = String(String.UnicodeScalarView(line.unicodeScalars.prefix(offset)))
    self.line = label + Self.shown(line)
    caret = String(repeating: " ", count: DisplayWidth.columns(of: label + Self.shown(before))) + "^"
  }

  private static func shown(_ text: String) -> String {
    HiddenCharacters.shown(in: text).split(separator: "\t", omittingEmptySubsequences: false)
      .joined(separator: " ")
  }
}

import Statements

/// What a text is that the grammar does not understand, where it was copied with something around it.
enum PastedStatement {
  /// What to do; `nil` where the text shows nothing of the kind.
  static func advice(for text: String) -> String? {
    let lines = text.split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) }
    guard let first = lines.first else { return nil }
    if let prompt = lines.lazy.compactMap(prompt).first {
      return "leave out psql's prompt '\(HiddenCharacters.name(prompt))'"
    }
    if lines.contains(where: isFence) { return "leave out the lines with ``` or ~~~, which are Markdown's" }
    if isLogLine(first) {
      return "it begins like a line of the server's log: give what stands behind 'statement:' or 'execute …:'"
    }
    return fileAdvice(text)
  }

  /// `shop=#`, `shop=>`, and on the lines that follow `shop-#`, `shop(#`; `*` and `!` tell of a transaction.
  private static func prompt(_ line: Substring) -> String? {
    line.prefixMatch(of: /\s*([^\s=#>'"(]+[-=('"$*^!][*!?]?[#>])(?:\s|$)/).map { String($0.1) }
  }

  private static func isFence(_ line: Substring) -> Bool {
    let start = line.drop(while: \.isWhitespace)
    return start.hasPrefix("```") || start.hasPrefix("~~~")
  }

  /// `2026-03-01 12:30:45.678 UTC [4711] LOG:  duration: 5.1 ms  statement: SELECT …`
  private static func isLogLine(_ line: Substring) -> Bool {
    line.prefixMatch(of: #/[^'"]*\b(?:LOG|STATEMENT|ERROR|DETAIL|CONTEXT):  /#) != nil
  }

  private static func fileAdvice(_ text: String) -> String? {
    let name = text.drop(while: \.isWhitespace).prefix { !$0.isNewline }
    guard text.drop(while: \.isWhitespace).drop(while: { !$0.isNewline }).allSatisfy(\.isWhitespace),
      FileState(String(name))?.kind == .file
    else { return nil }
    return "it is a file's name: give it with -f"
  }
}

import Statements

/// A sentence of ours as Markdown: code between backticks stays code, and what it quotes stays text.
///
/// Names come between double quotes, as PostgreSQL writes those that need them, in the sentence itself or
/// in its code. A backtick in such a name is neither the beginning nor the end of code.
struct MarkdownProse {
  /// On one line, with escapes.
  private(set) var text = ""
  private let source: [Character]

  init(_ sentence: String) {
    source = Array(HiddenCharacters.shown(in: sentence))
    var position = 0
    while position < source.count {
      position = takePiece(at: position)
    }
    if text.last == " " { text.removeLast() }
  }

  /// Adds what begins at a position, and returns where it ends.
  private mutating func takePiece(at start: Int) -> Int {
    switch source[start] {
    case "`":
      guard let code = code(at: start) else { return takeEscaped(start..<start + run(at: start)) }
      let body = source[code.body]
      let isWritten = !code.isAmbiguous && !body.contains { $0 == "\n" || $0 == "\t" }
      text += isWritten ? String(source[start..<code.end]) : Markdown.code(String(body))
      return code.end
    case "\"":
      return takeEscaped(start..<(endOfName(at: start) ?? start + 1))
    case " ", "\n", "\t":
      // Blanks within code and names count.
      if !text.isEmpty, text.last != " " { text.append(" ") }
      return start + 1
    case "<": return takeEscaped(start..<start + 1)
    case "[" where isLinkText(at: start): return takeEscaped(start..<start + 1)
    default:
      text.append(source[start])
      return start + 1
    }
  }

  /// Adds characters as they are, with a backslash before those that Markdown would take for its own.
  private mutating func takeEscaped(_ range: Range<Int>) -> Int {
    for character in source[range] {
      if Self.marks.contains(character) { text.append("\\") }
      text.append(character == "\n" || character == "\t" ? " " : character)
    }
    return range.upperBound
  }

  private static let marks: Set<Character> = ["\\", "`", "*", "_", "[", "]", "<", "&", "~"]

  // MARK: Code

  private struct Code {
    var body: Range<Int>
    var end: Int
    /// Marked with one backtick, though it holds some.
    var isAmbiguous: Bool
  }

  /// The code that opens at a run of backticks: to the next run of that length or, for a single one, to the
  /// next that is not part of a quoted name.
  private func code(at start: Int) -> Code? {
    let length = run(at: start)
    var first: Code?
    var position = start + length
    while let close = closing(length, from: position) {
      let code = Code(body: start + length..<close, end: close + length, isAmbiguous: first != nil)
      guard length == 1, endsInName(code.body) else { return code }
      first = first ?? code
      position = close + 1
    }
    return first
  }

  /// Where the next run of that many backticks begins.
  private func closing(_ length: Int, from start: Int) -> Int? {
    var position = start
    while position < source.count {
      let found = run(at: position)
      if found == length { return position }
      position += max(1, found)
    }
    return nil
  }

  private func run(at start: Int) -> Int { source[start...].prefix { $0 == "`" }.count }

  /// Whether a quoted name begins in a range and does not end in it.
  private func endsInName(_ range: Range<Int>) -> Bool {
    var position = range.lowerBound
    while position < range.upperBound {
      let end = source[position] == "\"" ? endOfName(at: position) : nil
      if let end, end > range.upperBound { return true }
      position = end ?? position + 1
    }
    return false
  }

  // MARK: Names

  /// Where the quoted name ends that begins at a double quote; a doubled one within it stands for itself.
  private func endOfName(at start: Int) -> Int? {
    guard start == 0 || !(source[start - 1].isLetter || source[start - 1].isNumber) else { return nil }
    var position = start + 1
    while position < source.count {
      guard source[position] == "\"" else {
        position += 1
        continue
      }
      guard position + 1 < source.count, source[position + 1] == "\"" else { return position + 1 }
      position += 2
    }
    return nil
  }

  private func isLinkText(at start: Int) -> Bool {
    source[start...].indices.contains { index in
      source[index] == "]" && index + 1 < source.count
        && (source[index + 1] == "(" || source[index + 1] == "[")
    }
  }
}

/// The parts of a Markdown text that a report is made of, each with its line.
///
/// Reads what ``MarkdownReport`` writes and what a careful editor leaves of it: headings, fences, tables,
/// comments and lines of text. Nothing inside a fence is taken for Markdown.
struct MarkdownDocument {
  /// In the order of the text.
  var blocks: [Block] = []

  struct Block {
    /// Of the first line, from 1.
    var line: Int
    var content: Content
  }

  enum Content {
    case heading(level: Int, text: String)
    /// Verbatim text; the end of the file may stand in for a missing closing mark.
    case fence(info: String, text: String, isClosed: Bool)
    case table(MarkdownTable)
    /// A line that begins a comment.
    case comment(String)
    /// Any other line that is not blank.
    case text(String)
  }

  init(_ text: String) {
    let lines = Self.lines(of: text)
    var index = 0
    while index < lines.count {
      let (content, length) = Self.content(at: index, of: lines)
      if let content { blocks.append(Block(line: index + 1, content: content)) }
      index += length
    }
  }

  /// The lines without their ends. A text whose first line ends in CRLF was converted as a whole; in
  /// any other a carriage return belongs to the line, since a quoted statement may hold one.
  static func lines(of text: String) -> [Substring] {
    let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    let isConverted = lines.first?.last == 0x0D && lines.count > 1
    return lines.map { Substring(isConverted && $0.last == 0x0D ? $0.dropLast() : $0) }
  }

  private static func content(at index: Int, of lines: [Substring]) -> (Content?, length: Int) {
    let line = lines[index]
    if line.allSatisfy(\.isWhitespace) { return (nil, 1) }
    if opensFence(line) { return fence(at: index, of: lines) }
    if line.hasPrefix("|") { return table(at: index, of: lines) }
    if line.hasPrefix("<!--") { return (.comment(String(line)), 1) }
    return (heading(line) ?? .text(String(line)), 1)
  }

  /// What follows the marks of a fence holds no backtick; otherwise it is code within a line.
  private static func opensFence(_ line: Substring) -> Bool {
    line.hasPrefix("```") && !line.drop { $0 == "`" }.contains("`")
  }

  private static func heading(_ line: Substring) -> Content? {
    let level = line.prefix { $0 == "#" }.count
    guard (1...6).contains(level), line.dropFirst(level).first == " " else { return nil }
    return .heading(level: level, text: String(line.dropFirst(level + 1)))
  }

  /// A fence ends at a line of at least as many backticks and nothing else.
  private static func fence(at start: Int, of lines: [Substring]) -> (Content, length: Int) {
    let mark = lines[start].prefix { $0 == "`" }
    let info = String(lines[start].dropFirst(mark.count))
    let body = lines[(start + 1)...].prefix { !($0.hasPrefix(mark) && $0.allSatisfy { $0 == "`" }) }
    let isEnded = body.endIndex < lines.endIndex
    // Another fence that opens inside shows that the mark which ended this one was its mark.
    let isClosed = isEnded && !body.contains { $0.hasPrefix(mark) }
    let text = body.joined(separator: "\n")
    return (.fence(info: info, text: text, isClosed: isClosed), body.count + (isEnded ? 2 : 1))
  }

  private static func table(at start: Int, of lines: [Substring]) -> (Content, length: Int) {
    let body = lines[start...].prefix { $0.hasPrefix("|") }
    let rows = body.map(MarkdownTable.cells)
    let hasRule = rows.count > 1 && rows[1].allSatisfy { !$0.isEmpty && $0.allSatisfy { $0 == "-" } }
    let table = MarkdownTable(
      header: rows[0], rows: Array(rows.dropFirst(hasRule ? 2 : 1)), firstRowLine: start + (hasRule ? 3 : 2),
      hasRule: hasRule)
    return (.table(table), body.count)
  }
}

/// A table as read back: cells without escapes.
struct MarkdownTable {
  var header: [String]
  var rows: [[String]]
  /// Line of the first row, from 1.
  var firstRowLine: Int
  var hasRule: Bool

  /// The cells of one line.
  static func cells(_ line: Substring) -> [String] {
    var cells: [String] = []
    var cell = ""
    var isEscaped = false
    for character in line.drop(while: { $0 == " " }).dropFirst() {
      if isEscaped {
        cell += character == "|" || character == "<" ? "\(character)" : "\\\(character)"
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "|" {
        cells.append(trimmed(cell))
        cell = ""
      } else {
        cell.append(character)
      }
    }
    return trimmed(cell).isEmpty ? cells : cells + [trimmed(cell)]
  }

  private static func trimmed(_ text: String) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

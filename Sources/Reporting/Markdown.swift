import Statements

/// The few Markdown forms that a report is made of, each safe for any text.
enum Markdown {
  /// Text inside a table cell: one line, no cell boundary.
  static func cell(_ text: String) -> String {
    prose(text).split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }

  /// Text on one line, runs of blanks and line ends folded, hidden characters shown.
  static func oneLine(_ text: String) -> String {
    HiddenCharacters.shown(in: text).split { $0 == " " || $0.isNewline || $0 == "\t" }.joined(separator: " ")
  }

  /// A sentence of ours that may quote a server's text and names: one line, nothing in it that is taken
  /// for Markdown but code between backticks.
  static func prose(_ text: String) -> String { MarkdownProse(text).text }

  /// Sentences as one paragraph.
  static func paragraph(_ sentences: [String]) -> String {
    let text = sentences.map(prose).joined(separator: " ")
    return startsBlock(text) ? "\\" + text : text
  }

  /// Whether a paragraph's first characters would make it a heading, a table, a list, a quote or a fence.
  private static func startsBlock(_ text: String) -> Bool {
    text.first.map { "#|>-+*".contains($0) } ?? false || text.hasPrefix("```")
  }

  /// Code within a line, marked with more backticks than it holds.
  static func code(_ text: String) -> String {
    let line = PrintableSQL.line(text)
    guard !line.isEmpty else { return "–" }
    let mark = String(repeating: "`", count: longestRun(in: line) + 1)
    let pad = line.hasPrefix("`") || line.hasSuffix("`") ? " " : ""
    return mark + pad + line + pad + mark
  }

  /// A table row of cells that are already escaped.
  static func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }

  /// The line below a table's header.
  static func rule(columns: Int) -> String {
    "|" + String(repeating: "---|", count: columns)
  }

  /// The longest run of backticks in a text.
  static func longestRun(in text: String) -> Int {
    var longest = 0
    var run = 0
    for byte in text.utf8 {
      run = byte == 0x60 ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}

/// Verbatim text between marks that it does not contain.
struct Fence {
  var mark: String
  var info: String
  var text: String

  init(_ text: String, info: String) {
    mark = String(repeating: "`", count: max(3, Markdown.longestRun(in: text) + 1))
    self.info = info
    self.text = String(text.reversed().drop { $0.isNewline }.reversed())
  }

  /// SQL between marks.
  static func sql(_ text: String) -> Fence { Fence(PrintableSQL.text(text), info: "sql") }
  /// A plan, or any other output, between marks.
  static func text(_ text: String) -> Fence { Fence(text, info: "text") }
}

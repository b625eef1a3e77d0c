/// Part of the input that one program printed in one go, its decoration removed.
struct TextBlock {
  /// The lines, ended by newlines.
  var bytes: [UInt8] = []
  /// Where each line stood in the input.
  var origins: [LineOrigin] = []
  /// Whether a `QUERY PLAN` header stood above.
  var hasHeader = false

  /// Where a byte of the block stood in the input.
  func position(of offset: Int) -> SourcePosition {
    let before = bytes[..<min(offset, bytes.count)]
    let line = before.count { $0 == 0x0A }
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    guard line < origins.count else { return position(of: bytes.count - 1) }
    let characters = bytes[start..<before.endIndex].count { $0 & 0b1100_0000 != 0b1000_0000 }
    return SourcePosition(line: origins[line].line, column: origins[line].column + characters)
  }
}

/// Line and column, counted from 1, where a line's text began before its decoration was removed.
struct LineOrigin {
  var line: Int
  var column: Int
}

/// Takes pasted text apart into blocks: what psql, a table or a Markdown fence put around a plan is removed.
///
/// Only whole lines and their ends are decoration, so a line's text is copied once and never changed.
struct PastedText {
  private var blocks: [TextBlock] = []
  private var current = TextBlock()
  /// Inside a psql result: every row has one leading blank, and a row's line ends may be marked with `+`.
  private var isInTable = false
  private var rowsAreAligned = false

  static func blocks(of source: Bytes) -> [TextBlock] {
    var paste = PastedText()
    var cursor = LineCursor(source)
    while let line = cursor.next() { paste.take(line, of: source) }
    paste.closeBlock()
    return paste.blocks
  }

  private mutating func take(_ line: TextLine, of source: Bytes) {
    switch LineDecoration(source.slice(line.content)) {
    case .header:
      closeBlock()
      current.hasHeader = true
      isInTable = true
    case .rule, .fence:
      if !current.bytes.isEmpty { closeBlock() }
    case .footer:
      closeBlock()
      isInTable = false
    case .row(let cell):
      let start = line.content.lowerBound + cell.lowerBound
      append(source.slice(start..<line.content.lowerBound + cell.upperBound), of: line, at: start)
    case nil:
      let range = undecorated(line, of: source)
      append(source.slice(range), of: line, at: range.lowerBound)
    }
  }

  /// A line of psql's default table style, without its leading blank and its `+`; other lines as they are.
  private mutating func undecorated(_ line: TextLine, of source: Bytes) -> Range<Int> {
    var range = line.start..<max(line.content.upperBound, line.start)
    guard isInTable, !line.isBlank else { return range }
    if current.bytes.isEmpty { rowsAreAligned = source[line.start] == 0x20 }
    if rowsAreAligned, source[line.start] == 0x20 { range = line.start + 1..<range.upperBound }
    if source[range.upperBound - 1] == UInt8(ascii: "+") {
      let row = source.slice(line.start..<range.upperBound - 1).trimmed
      if !row.isEmpty { range = range.lowerBound..<source.endOffset(of: row) }
    }
    return range
  }

  private mutating func append(_ text: Bytes, of line: TextLine, at start: Int) {
    current.bytes.append(contentsOf: text)
    if line.isTerminated { current.bytes.append(0x0A) }
    current.origins.append(LineOrigin(line: line.number + 1, column: start - line.start + 1))
  }

  private mutating func closeBlock() {
    if current.bytes.contains(where: { !$0.isBlank && $0 != 0x0A }) { blocks.append(current) }
    current = TextBlock()
  }
}

extension Bytes {
  /// Offset in this text at which a part of it ends.
  fileprivate func endOffset(of part: Bytes) -> Int {
    guard let base = baseAddress, let other = part.baseAddress else { return 0 }
    return base.distance(to: other) + part.count
  }
}

/// What a line is when it is not text of a plan.
enum LineDecoration: Equatable {
  /// `QUERY PLAN`, in a table or bare.
  case header
  /// `------`, `+-----+`.
  case rule
  /// ```` ``` ````, with or without a language.
  case fence
  /// `(12 rows)`.
  case footer
  /// `| text |`: the range of the text, its indentation included.
  case row(Range<Int>)

  /// The decoration that `line`, trimmed, is; `nil` for text.
  init?(_ line: Bytes) {
    guard let first = line.first, let last = line.last else { return nil }
    switch first {
    case UInt8(ascii: "`") where line.hasPrefix("```"), UInt8(ascii: "~") where line.hasPrefix("~~~"):
      self = .fence
    case UInt8(ascii: "Q") where line.equals("QUERY PLAN"):
      self = .header
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "="):
      guard line.count > 2, line.allSatisfy(Self.isRuleByte) else { return nil }
      self = .rule
    case UInt8(ascii: "("):
      guard Self.isRowCount(line) else { return nil }
      self = .footer
    case UInt8(ascii: "|") where last == first && line.count > 1:
      self = Self.cell(of: line)
    default: return nil
    }
  }

  private static func isRuleByte(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "=")
  }

  private static func isRowCount(_ line: Bytes) -> Bool {
    var scanner = ByteScanner(line)
    guard scanner.take("("), !scanner.takeUntil({ !$0.isDigit }).isEmpty else { return false }
    guard scanner.take(" rows)") || scanner.take(" row)") else { return false }
    return scanner.isAtEnd
  }

  /// `| text |` or, where a row goes on, `| text +|`.
  private static func cell(of line: Bytes) -> LineDecoration {
    var end = line.count - 1
    if line[end - 1] == UInt8(ascii: "+") { end -= 1 }
    while end > 1, line[end - 1].isBlank { end -= 1 }
    let start = end > 1 && line[1] == 0x20 ? 2 : 1
    let cell = line.slice(min(start, end)..<end)
    if cell.trimmed.equals("QUERY PLAN") { return .header }
    if cell.count > 2, cell.allSatisfy(isRuleByte) { return .rule }
    return .row(min(start, end)..<end)
  }
}

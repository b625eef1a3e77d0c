/// Takes pasted text apart into blocks: what psql, a table or a Markdown fence put around a plan is removed.
///
/// Only whole lines and their ends are decoration, so a line's text is copied once and never changed.
struct PastedText {
  private var blocks: [TextBlock] = []
  private var current = TextBlock()
  /// Inside a psql result: every row has one leading blank, and a row's line ends may be marked with `+`.
  private var isInTable = false
  private var rowsAreAligned = false
  private var isInFence = false
  /// Where the block's first node stands.
  private var rootColumn: Int?
  private var isBehindBlank = false

  static func blocks(of source: Bytes) -> [TextBlock] {
    if let block = TextBlock(bare: source) { return [block] }
    var paste = PastedText()
    // Mostly there is one block, and little around it.
    paste.current.bytes.reserveCapacity(source.count)
    paste.current.origins.reserveCapacity(source.count(of: 0x0A) + 1)
    var cursor = LineCursor(source)
    while let line = cursor.next() { paste.take(line, of: source) }
    paste.closeBlock()
    return paste.blocks
  }

  private mutating func take(_ line: TextLine, of source: Bytes) {
    let decoration = LineDecoration(source.slice(line.content))
    switch decoration == .footer && isInLiteral(before: line, of: source) ? nil : decoration {
    case .header:
      closeBlock()
      current.hasHeader = true
      isInTable = true
    case .fence:
      isInFence.toggle()
      closeBlock()
    case .rule:
      if !current.bytes.isEmpty { closeBlock() }
    case .record: break
    case .footer:
      closeBlock()
      isInTable = false
    case .row(let cell):
      isInFence = isInFence || source.hasPrefix("```", at: line.content.lowerBound)
      let start = line.content.lowerBound
      append(start + cell.lowerBound..<start + cell.upperBound, of: line, in: source)
    case nil:
      if isBehindPlan(line, of: source) { closeBlock() }
      append(undecorated(line, of: source), of: line, in: source)
    }
  }

  /// Whether a condition's literal, which holds line breaks, is still open: what looks like a footer is part of it.
  private func isInLiteral(before line: TextLine, of source: Bytes) -> Bool {
    let quote = UInt8(ascii: "'")
    guard source.offset(of: quote, from: line.content.upperBound) != nil else { return false }
    return current.bytes.withUnsafeBufferPointer { text in
      for origin in current.origins.suffix(Self.mostLinesOfLiteral).reversed() {
        let rest = text.from(origin.offset).trimmed
        guard let property = PropertyLine(rest.slice(0..<(rest.offset(of: 0x0A) ?? rest.count))) else {
          continue
        }
        let isExpression = PropertyKind(key: property.key) == .expression
        return isExpression && rest.count(where: { $0 == quote }) % 2 == 1
      }
      return false
    }
  }

  private static let mostLinesOfLiteral = 16

  /// Below a plan and a blank line, `Regards: Anna` is no trailer.
  private mutating func isBehindPlan(_ line: TextLine, of source: Bytes) -> Bool {
    let content = source.slice(line.content)
    defer {
      isBehindBlank = line.isBlank
      if rootColumn == nil, content.hasPrefix("->  ") || content.offset(of: "(cost=") != nil {
        rootColumn = line.column
      }
    }
    guard isBehindBlank, let rootColumn, line.column <= rootColumn else { return false }
    return PropertyLine(content) != nil && !TextTrailers.isKnown(content)
  }

  /// A line of psql's default table style, without its leading blank and its `+`; other lines as they are.
  private mutating func undecorated(_ line: TextLine, of source: Bytes) -> Range<Int> {
    var range = line.start..<max(line.content.upperBound, line.start)
    if isInFence, source.slice(range).hasSuffix("```") {
      isInFence = false
      return range.lowerBound..<range.upperBound - 3
    }
    guard isInTable, !line.isBlank else { return range }
    if current.bytes.isEmpty { rowsAreAligned = source[line.start] == 0x20 }
    if rowsAreAligned, source[line.start] == 0x20 { range = line.start + 1..<range.upperBound }
    if source[range.upperBound - 1] == UInt8(ascii: "+") {
      let row = source.slice(line.start..<range.upperBound - 1).trimmed
      if !row.isEmpty { range = range.lowerBound..<source.endOffset(of: row) }
    }
    return range
  }

  private mutating func append(_ range: Range<Int>, of line: TextLine, in source: Bytes) {
    let (start, end) = (range.lowerBound, range.upperBound)
    let column = source.slice(line.start..<start).count { $0 & 0b1100_0000 != 0b1000_0000 } + 1
    current.origins.append(
      LineOrigin(offset: current.bytes.count, line: line.number + 1, column: column))
    current.bytes.append(contentsOf: source.slice(start..<end))
    if line.isTerminated { current.bytes.append(0x0A) }
  }

  private mutating func closeBlock() {
    if current.bytes.contains(where: { !$0.isBlank && $0 != 0x0A }) { blocks.append(current) }
    current = TextBlock()
    rootColumn = nil
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
  /// `-[ RECORD 1 ]---`: the next row of a table that has a line per column.
  case record
  /// `(12 rows)`.
  case footer
  /// `| text |`: the range of the text, its indentation included.
  case row(Range<Int>)

  /// The decoration that `line`, trimmed, is; `nil` for text.
  init?(_ line: Bytes) {
    guard let first = line.first, let last = line.last else { return nil }
    switch first {
    case UInt8(ascii: "`") where line.hasPrefix("```"), UInt8(ascii: "~") where line.hasPrefix("~~~"):
      self = Self.behindFence(line)
    case UInt8(ascii: "Q") where line.equals("QUERY PLAN"):
      self = .header
    case UInt8(ascii: "-") where line.hasPrefix("-[ RECORD "),
      UInt8(ascii: "+") where line.hasPrefix("+-[ RECORD "):
      self = .record
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

  /// A chat's text may stand on the line of its fence.
  private static func behindFence(_ line: Bytes) -> LineDecoration {
    let start = line.firstIndex { $0 != line[0] } ?? line.count
    let text = line.from(start)
    let first = text.firstIndex { $0 == 0x20 || $0 == UInt8(ascii: "(") } ?? text.count
    let isPlan =
      text.first.map { "[{<\"".utf8.contains($0) } == true
      || text.slice(first..<text.count).offset(of: "(") != nil
    return isPlan ? .row(start..<line.count) : .fence
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

import JSONTree

/// Turns EXPLAIN's YAML into the tree that its JSON would give, also after another program has printed it anew.
///
/// Blocks by indentation, scalars of every style, JSON's lists on one line. Anchors, aliases and tags are
/// refused: EXPLAIN has none, and what does not exist cannot multiply. Depth is bounded by memory.
struct YAMLScanner {
  private let text: Bytes
  private var lines: LineCursor
  private var tree = JSONTreeBuilder()
  private var open: [Level] = []
  /// A key or a dash stands without its value.
  private var awaitsValue = true
  /// The key with which an outermost mapping begins: where it comes again, another document does.
  private var firstKey: Bytes?
  private var end = 0
  /// Line breaks in quoted values that go on further left than they may.
  private var lineBreaks: [Int] = []

  private struct Level {
    var column: Int
    var isSequence: Bool
  }

  /// Reads one document from the start of `text`, up to the line that does not belong to it. The first line
  /// stands at `column`.
  static func tree(of text: Bytes, column: Int) throws(JSONSyntaxError) -> JSONTree {
    var scanner = YAMLScanner(text)
    return try scanner.scan(column)
  }

  private init(_ text: Bytes) {
    self.text = text
    lines = LineCursor(text)
  }

  private mutating func scan(_ column: Int) throws(JSONSyntaxError) -> JSONTree {
    var isTruncated = false
    do {
      while var line = lines.next() {
        if line.number == 0, line.start == 0 { line.column = column }
        guard !isPassedOver(line) else { continue }
        guard try take(line) else { break }
        end = min(lines.offset, text.count)
      }
    } catch {
      guard error.offset >= text.count, !tree.isEmpty else { throw error }
      isTruncated = true
      end = text.count
    }
    isTruncated = isTruncated || awaitsValue && isInsidePlan
    if awaitsValue { tree.dropUnfinished() }
    return tree.finish(byteCount: end, isTruncated: isTruncated, lineBreaks: lineBreaks)
  }

  /// Beside the plan, EXPLAIN prints `Triggers:` without a value where there were none.
  private var isInsidePlan: Bool { open.count > (open.first?.isSequence == true ? 2 : 1) }

  private func isPassedOver(_ line: TextLine) -> Bool {
    line.isBlank || text[line.content.lowerBound] == UInt8(ascii: "#")
  }

  // MARK: Lines

  /// Takes a line; `false` where the document ended above it.
  private mutating func take(_ line: TextLine) throws(JSONSyntaxError) -> Bool {
    guard belongs(line) else { return false }
    var column = line.column
    var position = line.content.lowerBound
    closeLevels(at: column, hasDash: isDash(position))
    while isDash(position) {
      try openLevel(at: column, isSequence: true, position)
      awaitsValue = true
      skipBlanks(&position, behind: 1, &column)
    }
    if let key = YAMLKey(text, from: position, to: line.content.upperBound) {
      try openLevel(at: column, isSequence: false, position)
      tree.key(key.name, escaped: key.isEscaped)
      firstKey = firstKey ?? key.name
      awaitsValue = true
      position = key.valueStart
    }
    guard position < line.content.upperBound, text[position] != UInt8(ascii: "#") else { return true }
    guard awaitsValue else { throw expected("a key", at: line.isTerminated ? position : text.count) }
    try takeValue(from: position, line)
    awaitsValue = false
    return true
  }

  private func belongs(_ line: TextLine) -> Bool {
    guard let root = open.first else { return tree.isEmpty }
    guard line.column == root.column else { return line.column > root.column }
    let position = line.content.lowerBound
    if root.isSequence { return isDash(position) }
    guard let key = YAMLKey(text, from: position, to: line.content.upperBound) else {
      return awaitsValue && isDash(position)
    }
    return firstKey?.elementsEqual(key.name) == false
  }

  private func isDash(_ position: Int) -> Bool {
    text.hasPrefix("-", at: position)
      && (position + 1 == text.count || text[position + 1].isBlank || text[position + 1] == 0x0A)
  }

  private func skipBlanks(_ position: inout Int, behind count: Int, _ column: inout Int) {
    let start = position
    position += count
    while position < text.count, text[position].isBlank { position += 1 }
    column += position - start
  }

  // MARK: Levels

  /// Ends what is further right, and a list at whose column something else than a dash stands.
  private mutating func closeLevels(at column: Int, hasDash: Bool) {
    while let last = open.last,
      last.column > column || last.column == column && last.isSequence && !hasDash
    {
      fillGap()
      tree.close()
      open.removeLast()
    }
  }

  private mutating func openLevel(
    at column: Int, isSequence: Bool, _ position: Int
  ) throws(JSONSyntaxError) {
    if let last = open.last, last.column == column, last.isSequence == isSequence {
      fillGap()
      return
    }
    // A list may stand where its key stands.
    let least = (open.last?.column ?? -1) + (isSequence && open.last?.isSequence == false ? 0 : 1)
    guard awaitsValue, column >= least else {
      throw expected("what stands at the column of one of the lines above", at: position)
    }
    tree.openContainer(isSequence ? .array : .object)
    open.append(Level(column: column, isSequence: isSequence))
    awaitsValue = false
  }

  /// A key or a dash with nothing behind it.
  private mutating func fillGap() {
    if awaitsValue { tree.value(.null, Array("null".utf8)) }
    awaitsValue = false
  }

  // MARK: Values

  private mutating func takeValue(from start: Int, _ line: TextLine) throws(JSONSyntaxError) {
    let column = open.last?.column ?? -1
    let (position, kind) = try behindTag(start..<line.content.upperBound)
    let range = position..<line.content.upperBound
    switch text[position] {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): try takeQuoted(from: position, as: kind)
    case UInt8(ascii: "["), UInt8(ascii: "{"): try takeFlow(range)
    case UInt8(ascii: "|"), UInt8(ascii: ">"):
      tree.value(kind, YAMLBlock(text, header: range, below: column, &lines).value)
    case UInt8(ascii: "&"), UInt8(ascii: "*"):
      throw expected("a value, neither an anchor nor an alias,", at: position)
    case UInt8(ascii: "!"), UInt8(ascii: "%"), UInt8(ascii: "@"), UInt8(ascii: "`"):
      throw expected("a value", at: position)
    default: try takePlain(range, below: column)
    }
  }

  /// `!!int "1"`: Python quotes all scalars where it is told to, and tags what is no text.
  private func behindTag(
    _ range: Range<Int>
  ) throws(JSONSyntaxError) -> (position: Int, kind: JSONTree.Kind) {
    var scanner = ByteScanner(text.slice(range))
    guard scanner.take("!!") else { return (range.lowerBound, .string) }
    let tag = scanner.takeUntil(\.isBlank)
    scanner.skipBlanks()
    guard !scanner.isAtEnd, ["int", "float", "bool", "str", "null"].contains(tag.text) else {
      throw expected("a value without a tag", at: range.lowerBound)
    }
    return (range.lowerBound + scanner.position, tag.equals("str") ? .string : .bare)
  }

  private mutating func takeQuoted(
    from position: Int, as kind: JSONTree.Kind
  ) throws(JSONSyntaxError) {
    let quoted = YAMLQuoted(text, from: position)
    let rest = LineCursor(text, from: quoted.end)
    guard quoted.isClosed else {
      // An open quote goes on to the end: that is a cut where it stands in the last line.
      throw expected("the closing quote", at: rest.hasLines(behind: position) ? position : text.count)
    }
    tree.value(kind, quoted.value, escaped: quoted.isEscaped)
    noteLineBreaks(position..<quoted.end)
    lines = rest
    guard let line = lines.next(), isPassedOver(line) || line.start > quoted.end else {
      guard quoted.end < text.count else { return }
      throw expected("the end of the line", at: quoted.end)
    }
  }

  /// Who prints YAML anew indents the rest of a value.
  private mutating func noteLineBreaks(_ value: Range<Int>) {
    let column = open.last?.column ?? -1
    var next = text.slice(0..<value.upperBound).offset(of: 0x0A, from: value.lowerBound)
    while let lineBreak = next {
      if let line = LineCursor(text, from: lineBreak + 1).peek(), line.column <= column {
        lineBreaks.append(lineBreak)
      }
      next = text.slice(0..<value.upperBound).offset(of: 0x0A, from: lineBreak + 1)
    }
  }

  /// `["a", "b"]`, `[]`, `{}`.
  private mutating func takeFlow(_ range: Range<Int>) throws(JSONSyntaxError) {
    let flow: JSONTree
    do { flow = try JSONTree(text.slice(range)) } catch {
      let offset = range.lowerBound + error.offset
      throw expected(error.expected, at: min(offset, max(range.upperBound - 1, range.lowerBound)))
    }
    let rest = text.slice(range).from(flow.byteCount).trimmed
    guard rest.isEmpty || rest.hasPrefix("#") else {
      throw expected("the end of the line", at: range.lowerBound + flow.byteCount)
    }
    tree.value(flow)
  }

  /// Words without quotes, which lines further right go on with.
  private mutating func takePlain(_ range: Range<Int>, below column: Int) throws(JSONSyntaxError) {
    var value = Array(withoutComment(range))
    while let next = lines.peek(), next.column > column, !isPassedOver(next) {
      guard YAMLKey(text, from: next.content.lowerBound, to: next.content.upperBound) == nil else {
        throw expected("the rest of the value above", at: next.content.lowerBound)
      }
      var breaks = 0
      while let line = lines.next(), line.isBlank { breaks += 1 }
      value += breaks == 0 ? [0x20] : [UInt8](repeating: 0x0A, count: breaks)
      value += withoutComment(next.content)
    }
    // The last word of a text that was cut inside the plan may be half a word.
    guard lines.offset <= text.count || !isInsidePlan else { throw expected("a line end", at: text.count) }
    let isNull = value.elementsEqual("null".utf8) || value.elementsEqual("~".utf8)
    tree.value(isNull ? .null : .bare, isNull ? Array("null".utf8) : value)
  }

  private func withoutComment(_ range: Range<Int>) -> Bytes {
    let words = text.slice(range)
    return words.slice(0..<(words.offset(of: " #") ?? words.count)).trimmed
  }

  private func expected(_ what: String, at position: Int) -> JSONSyntaxError {
    JSONSyntaxError(offset: position, expected: what)
  }
}

extension LineCursor {
  /// Whether a line that is not blank begins behind `position`.
  fileprivate func hasLines(behind position: Int) -> Bool {
    guard let newline = text.offset(of: 0x0A, from: position) else { return false }
    return LineCursor(text, from: newline + 1).peek() != nil
  }
}

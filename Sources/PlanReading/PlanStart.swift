import PlanModel

/// A line with which a plan begins.
struct PlanStart {
  var format: PlanFormat
  var line: TextLine

  /// The first start in `text`. Only there a plan may begin with an arrow: part of a plan was copied.
  static func first(in text: Bytes) -> PlanStart? {
    var cursor = LineCursor(text)
    while let line = cursor.next() {
      if let start = start(at: line, before: cursor, in: text) { return start }
      if isNode(text.slice(line.content), withArrow: true) {
        return PlanStart(format: .text, line: line)
      }
    }
    return nil
  }

  /// All starts at or after `offset`.
  static func all(in text: Bytes, from offset: Int) -> [PlanStart] {
    var starts: [PlanStart] = []
    var cursor = LineCursor(text, from: offset)
    while let line = cursor.next() {
      guard let start = start(at: line, before: cursor, in: text) else { continue }
      starts.append(start)
      // Parts of a document start like one.
      if start.format != .text { break }
    }
    return starts
  }

  /// Whether some line at or after `offset` begins with a node's arrow.
  static func hasArrow(in text: Bytes, from offset: Int) -> Bool {
    var cursor = LineCursor(text, from: offset)
    while let line = cursor.next() { if text.hasPrefix("-> ", at: line.content.lowerBound) { return true } }
    return false
  }

  private static func start(at line: TextLine, before rest: LineCursor, in text: Bytes) -> PlanStart? {
    let content = whole(line, in: text)
    guard !content.isEmpty else { return nil }
    if let format = DocumentStart.format(at: line, in: text) { return PlanStart(format: format, line: line) }
    let isStart =
      isNode(content, withArrow: false)
      || isNodeWithoutFigures(content)
        && isBody(rest.peek(), of: line, isOnlyLine: line.number == 0, in: text)
    return isStart ? PlanStart(format: .text, line: line) : nil
  }

  /// The line; where a node's quoted name holds line breaks, with the lines below that the name runs into.
  private static func whole(_ line: TextLine, in text: Bytes) -> Bytes {
    var end = line.content.upperBound
    var position = line.content.lowerBound
    while let quote = text.offset(of: UInt8(ascii: "\""), from: position), quote < end {
      position = text.offsetBehindQuotes(from: quote)
      if position > end { end = text.offset(of: 0x0A, from: position) ?? text.count }
    }
    let content = text.slice(line.content)
    // In prose a quotation mark may well have no second one.
    guard end > line.content.upperBound, NodeType(printed: NodeLine(content).type.text).isKnown else {
      return content
    }
    return text.slice(line.content.lowerBound..<end).trimmed
  }

  /// A node with costs or actual figures: its name may be one that this version does not know.
  private static func isNode(_ content: Bytes, withArrow: Bool) -> Bool {
    let hasArrow = content.hasPrefix("-> ")
    guard hasArrow == withArrow else { return false }
    let node = hasArrow ? content.from(3).trimmed : content
    guard let first = node.first, first.isLetter || hasArrow else { return false }
    guard let figures = NodeLine(node).figuresStart else { return false }
    return figures > 0
  }

  /// `COSTS OFF`: only the names tell a plan from prose.
  private static func isNodeWithoutFigures(_ content: Bytes) -> Bool {
    let parts = NodeLine(content)
    guard content[0].isLetter, parts.figuresStart == nil else { return false }
    return NodeType(printed: parts.type.text).isKnown
  }

  /// What may follow a root without figures: a property or a child, or nothing at all.
  private static func isBody(_ next: TextLine?, of root: TextLine, isOnlyLine: Bool, in text: Bytes) -> Bool {
    guard let next else { return isOnlyLine }
    let content = text.slice(next.content)
    if content.hasPrefix("-> ") { return true }
    return PropertyLine(content) != nil && (next.column > root.column || TextTrailers.isKnown(content))
      || next.column > root.column && SubplanHeading.relationship(content) != nil
  }
}

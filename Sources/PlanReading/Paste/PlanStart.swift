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
      guard let start = start(at: line, before: cursor, in: text, isBehindPlan: true) else { continue }
      starts.append(start)
      // Parts of a document start like one.
      if start.format != .text { break }
    }
    return starts
  }

  private static func start(
    at line: TextLine, before rest: LineCursor, in text: Bytes, isBehindPlan: Bool = false
  ) -> PlanStart? {
    let root = whole(line, in: text)
    let content = text.slice(root.content)
    guard !content.isEmpty else { return nil }
    if let format = DocumentStart.format(at: line, in: text) { return PlanStart(format: format, line: line) }
    let isStart =
      isNode(content, withArrow: false)
      || isNodeWithoutFigures(content)
        && isRoot(
          root, before: root.content == line.content ? rest : rest.behind(root), in: text, isBehindPlan)
    return isStart ? PlanStart(format: .text, line: line) : nil
  }

  /// The line; where a node's quoted name holds line breaks, with the lines below that the name runs into.
  private static func whole(_ line: TextLine, in text: Bytes) -> TextLine {
    let content = text.slice(line.content)
    // In prose a quotation mark may well have no second one.
    guard content.offset(of: UInt8(ascii: "\"")) != nil,
      NodeType(printed: NodeLine(content).type).isKnown
    else { return line }
    var line = line
    let start = line.content.lowerBound
    let end = endOfNode(line.content, in: text)
    line.content = start..<start + text.slice(start..<end).trimmed.count
    return line
  }

  /// Where a node's line ends: on the line below it where a quoted name runs into that.
  private static func endOfNode(_ line: Range<Int>, in text: Bytes) -> Int {
    var end = line.upperBound
    var position = line.lowerBound
    while let quote = text.slice(0..<end).offset(of: UInt8(ascii: "\""), from: position) {
      position = text.offsetBehindQuotes(from: quote)
      if position > end { end = text.offset(of: 0x0A, from: position) ?? text.count }
    }
    return end
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
    return NodeType(printed: parts.type).isKnown
  }

  /// What tells a root without figures from prose.
  private static func isRoot(
    _ root: TextLine, before rest: LineCursor, in text: Bytes, _ isBehindPlan: Bool
  ) -> Bool {
    hasBody(root, before: rest, in: text) || isBehindPlan && standsAlone(root, before: rest, in: text)
  }

  /// Whether a root without figures is followed by what belongs to a root, or is the only line of all.
  private static func hasBody(_ root: TextLine, before rest: LineCursor, in text: Bytes) -> Bool {
    let node = NodeLine(text.slice(root.content))
    guard let next = rest.peek() else { return root.number == 0 }
    let content = text.slice(next.content)
    if content.hasPrefix("-> ") || TextTrailers.isKnown(content) && PropertyLine(content) != nil {
      return true
    }
    if next.column > root.column {
      return PropertyLine(content) != nil || SubplanHeading.relationship(content) != nil
        || ModificationTarget(content).map { node.type.text.hasSuffix($0.command) } == true
    }
    return false
  }

  /// A scan on a line of its own; above a plan it would rather be a heading.
  private static func standsAlone(_ root: TextLine, before rest: LineCursor, in text: Bytes) -> Bool {
    var rest = rest
    let node = NodeLine(text.slice(root.content))
    return node.relation != nil && node.type.hasSuffix("Scan") && rest.next()?.isBlank != false
  }
}

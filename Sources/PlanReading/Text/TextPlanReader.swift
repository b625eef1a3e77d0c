import PlanModel

/// Reads a plan in TEXT format, line by line.
///
/// A line is a node, a property of a node, a heading above a sub-plan, a line of a parallel worker,
/// the rest of a value that holds a line break, or a trailer below the tree.
struct TextPlanReader {
  private let text: Bytes
  private var lines: LineCursor
  private var root: Root?
  private var tree: PlanTreeBuilder
  private var trailers = TextTrailers()
  private var nodeLines = NodeLineReader()
  private var properties: NodePropertyReader
  private var quotes: OpenQuotes
  /// Offset behind the last line that belongs to the plan.
  private(set) var end: Int
  private(set) var notes: [Note] = []
  /// Ends of lines that a quoted name of a node goes on behind.
  private var quotedLineEnds: [Int] = []
  /// The lines as they were understood; kept only for who asks.
  private(set) var seen: [SeenLine] = []
  private let keepsLines: Bool

  /// A line with those below it that its quotes run into.
  struct SeenLine {
    enum Kind { case node, body, trailer }
    var kind: Kind
    var content: Range<Int>
    var column: Int
  }

  /// Something to tell about a place in the block.
  struct Note {
    enum Kind { case truncated, elidedFigures, joinedLine, openValue, brokenQuote }
    var kind: Kind
    var offset: Int
  }

  /// The plan cannot be read on.
  struct Fault: Error {
    var offset: Int
    var isInFigures = false
  }

  private struct Root {
    var column: Int
    var hasArrow: Bool
    /// Where the first line below it starts.
    var bodyColumn = Int.max
  }

  /// A reader of the plan whose first line starts at `start`.
  init(_ text: Bytes, from start: Int, keepsLines: Bool = false) {
    self.text = text
    self.keepsLines = keepsLines
    lines = LineCursor(text, from: start)
    properties = NodePropertyReader(text)
    quotes = OpenQuotes(text)
    // Conditions have arrows, too, and a shorter line is no node's.
    let arrows = min(text.from(start).count(of: UInt8(ascii: ">")), text.count / 32)
    tree = PlanTreeBuilder(capacity: arrows + 1)
    end = start
  }

  /// The plan read so far.
  var plan: ExplainedPlan {
    var plan = trailers.plan
    plan.nodes = tree.nodes
    return plan
  }

  /// Reads until the plan ends, which may be before the text does.
  mutating func read() throws(Fault) {
    while let line = lines.next() {
      guard !line.isBlank else { continue }
      guard try take(line) else { break }
      end = min(lines.offset, text.count)
    }
    if tree.isWaitingForNode { notes.append(Note(kind: .truncated, offset: end)) }
    noteOpenValues()
    noteBrokenQuotes()
  }

  /// A value that is open in the last line of all was cut there.
  private mutating func noteOpenValues() {
    for start in properties.openValues {
      let lineEnd = text.offset(of: 0x0A, from: start) ?? text.count
      let isLast = LineCursor(text, from: lineEnd).peek() == nil
      notes.append(isLast ? Note(kind: .truncated, offset: end) : Note(kind: .openValue, offset: start))
    }
  }

  /// A literal may hold a line break; only where the next word did not fit a width a carrier may have made it.
  private mutating func noteBrokenQuotes() {
    let ends = quotedLineEnds + properties.quotedLineEnds
    guard !ends.isEmpty else { return }
    let width = LineWidth(of: text.slice(0..<end))
    for lineEnd in ends where width.mayBreak(at: lineEnd) {
      notes.append(Note(kind: .brokenQuote, offset: lineEnd))
    }
  }

  /// Takes a line; `false` where the plan ended above it.
  private mutating func take(_ line: TextLine) throws(Fault) -> Bool {
    let content = text.slice(line.content)
    let hasArrow = content.hasPrefix("-> ")
    guard let root else {
      self.root = Root(column: line.column, hasArrow: hasArrow)
      try addNode(line, hasArrow: hasArrow)
      return true
    }
    if hasArrow {
      guard !trailers.hasBegun, line.column > root.column || !root.hasArrow else { return false }
    } else if trailers.hasBegun || isTrailer(line, content, below: root) {
      keep(.trailer, line)
      return trailers.take(content, column: line.column)
    }
    if root.bodyColumn == .max { self.root?.bodyColumn = line.column }
    if hasArrow { try addNode(line, hasArrow: true) } else { try takeBody(line, content) }
    return true
  }

  /// Trailers stand where the root stands. A root that lost its indentation leaves them further right, but never
  /// as far as what belongs to it.
  private func isTrailer(_ line: TextLine, _ content: Bytes, below root: Root) -> Bool {
    line.column <= root.column || line.column < root.bodyColumn && TextTrailers.isKnown(content)
  }

  private mutating func addNode(_ line: TextLine, hasArrow: Bool) throws(Fault) {
    properties.leaveNode()
    let line = whole(line)
    keep(.node, line)
    do {
      let start = line.content.lowerBound + (hasArrow ? 3 : 0)
      let content = text.slice(start..<line.content.upperBound).trimmed
      try tree.add(column: line.column) { node throws(NodeLineReader.Fault) in
        try nodeLines.read(content, into: &node)
      }
    } catch {
      let offset = line.content.upperBound - error.bytesBeforeEnd
      let isTruncated = error.isCutOff && !line.isTerminated
      guard error.isElided || isTruncated else { throw Fault(offset: offset, isInFigures: true) }
      notes.append(Note(kind: isTruncated ? .truncated : .elidedFigures, offset: offset))
    }
  }

  /// The line with those below it that a quoted name with line breaks runs into.
  private mutating func whole(_ line: TextLine) -> TextLine {
    var line = line
    quotes.reset()
    quotes.pass(line.content)
    while quotes.isOpen, let next = lines.next() {
      quotedLineEnds.append(line.content.upperBound)
      quotes.pass(line.content.upperBound..<next.content.upperBound)
      line.content = line.content.lowerBound..<next.content.upperBound
    }
    return line
  }

  private mutating func keep(_ kind: SeenLine.Kind, _ line: TextLine) {
    if keepsLines { seen.append(SeenLine(kind: kind, content: line.content, column: line.column)) }
  }

  private mutating func takeBody(_ line: TextLine, _ content: Bytes) throws(Fault) {
    keep(.body, line)
    let owner = tree.owner(ofPropertyAt: line.column)
    if let heading = SubplanHeading.relationship(content), !properties.isInWorker(line) {
      properties.leaveNode()
      tree.add(heading, column: line.column)
      return
    }
    guard !tree.isWaitingForNode else { throw Fault(offset: line.content.lowerBound) }
    switch tree.update(owner, { properties.take(line, of: &$0, lines: &lines) }) {
    case .taken: break
    case .joined: notes.append(Note(kind: .joinedLine, offset: line.content.lowerBound))
    case .unknown where !line.isTerminated:
      notes.append(Note(kind: .truncated, offset: line.content.lowerBound))
    case .unknown: throw Fault(offset: line.content.lowerBound)
    }
  }
}

import PlanModel

extension ReadPlan {
  /// What the text shows of its server's way to print plans; the default for other formats than TEXT.
  ///
  /// Read from the text when asked for, in time linear in it: reading a plan does not wait for it.
  public var dialect: TextDialect {
    guard format == .text else { return TextDialect() }
    var reader = DialectReader(plan)
    return Array(text.utf8).withUnsafeBufferPointer { reader.read($0) }
  }
}

/// Looks at a plan's text for what the plan itself does not tell.
private struct DialectReader {
  private let plan: ExplainedPlan
  private var dialect = TextDialect()
  private var quotedNames: Set<String> = []
  private var nodeNumber = -1
  /// Column of the arrow on the line above, if that was a node's.
  private var arrowAbove: Int?
  private var hasStep = (lines: false, storage: false)
  private var buffersColumn: Int?
  private var workerColumn: Int?

  init(_ plan: ExplainedPlan) { self.plan = plan }

  mutating func read(_ text: Bytes) -> TextDialect {
    var cursor = LineCursor(text)
    while let line = cursor.next() {
      guard !line.isBlank else { continue }
      let content = text.slice(line.content)
      takeStep(line.column)
      if nodeNumber < 0 || content.hasPrefix("-> ") {
        takeNode(content, column: line.column, in: text.from(line.content.lowerBound))
      } else if let property = PropertyLine(content) {
        takeProperty(property, content, column: line.column)
      }
    }
    dialect.quoting = .these(quotedNames)
    return dialect
  }

  private var isStorageNode: Bool {
    plan.nodes.indices.contains(nodeNumber) && plan.nodes[nodeNumber].type.isStorageNode
  }

  // MARK: Nodes

  /// What stands below a node's line shows how far the node's properties and children are indented.
  private mutating func takeStep(_ column: Int) {
    defer { arrowAbove = nil }
    guard let arrowAbove, column > arrowAbove else { return }
    if isStorageNode {
      if !hasStep.storage { dialect.storageLines.step = column - arrowAbove }
      hasStep.storage = true
    } else {
      if !hasStep.lines { dialect.lines.step = column - arrowAbove }
      hasStep.lines = true
    }
  }

  private mutating func takeNode(_ content: Bytes, column: Int, in text: Bytes) {
    nodeNumber += 1
    (buffersColumn, workerColumn) = (nil, nil)
    var style = isStorageNode ? dialect.storageLines : dialect.lines
    var start = 0
    if content.hasPrefix("-> ") {
      start = content.count - content.from(2).trimmed.count
      style.blanksBehindArrow = start - 2
      arrowAbove = column
    }
    let line = wholeLine(text).from(start)
    let parts = NodeLine(line)
    if let figures = parts.figuresStart {
      if line.hasPrefix("(cost=", at: figures) {
        style.blanksBeforeFigures = figures - line.slice(0..<figures).trimmed.count
      }
      takeOtherFigures(line.from(figures))
    }
    for name in [parts.index, parts.relation].compactMap({ $0 }) {
      quotedNames.formUnion(RelationText.quotedNames(name))
    }
    if isStorageNode { dialect.storageLines = style } else { dialect.lines = style }
  }

  /// A node's line with what follows below it of a quoted name.
  private func wholeLine(_ text: Bytes) -> Bytes {
    var end = text.offset(of: 0x0A) ?? text.count
    var position = 0
    while let quote = text.offset(of: UInt8(ascii: "\""), from: position), quote < end {
      position = text.offsetBehindQuotes(from: quote)
      if position > end { end = text.offset(of: 0x0A, from: position) ?? text.count }
    }
    return text.slice(0..<end).trimmed
  }

  private mutating func takeOtherFigures(_ figures: Bytes) {
    guard let all = try? NodeFigures.read(figures), !all.unknown.isEmpty else { return }
    let actual = figures.offset(of: "(actual ") ?? figures.count
    for property in all.unknown {
      let place = figures.text.firstRange(of: " \(property.key.name)=").map {
        figures.text.utf8.distance(from: figures.text.startIndex, to: $0.lowerBound)
      }
      dialect.otherFigures[property.key] = (place ?? 0) < actual ? .estimate : .actual
    }
  }

  // MARK: Properties

  private mutating func takeProperty(_ property: PropertyLine, _ content: Bytes, column: Int) {
    let value = content.from(property.valueStart)
    if property.key.hasPrefix("Worker ") {
      workerColumn = column
      if value.hasPrefix("actual ") { dialect.workers = .sortsAboveBuffers }
    } else if property.key.equals("Buffers") {
      buffersColumn = column
      if workerColumn == column { dialect.workers = .sortsAboveBuffers }
    } else if property.key.equals("I/O Timings") {
      takeTimings(value)
    } else if buffersColumn == column, workerColumn == nil, !property.key.equals("WAL"),
      !property.key.equals("Subplans Removed"), column > 0
    {
      dialect.keysBelowBuffers.insert(PropertyKey(property.key.text))
    }
  }

  private mutating func takeTimings(_ value: Bytes) {
    if value.hasPrefix("read=") || value.hasPrefix("write=") { dialect.ioTimings = .unnamed }
    if value.hasPrefix("shared/local ") { dialect.ioTimings = .together }
  }
}

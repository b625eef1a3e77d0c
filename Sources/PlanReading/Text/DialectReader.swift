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
    var reader = TextPlanReader(text, from: 0, keepsLines: true)
    // What could be read shows the dialect; the rest was told when the plan was read.
    try? reader.read()
    for line in reader.seen {
      let content = text.slice(line.content)
      takeStep(line.column)
      switch line.kind {
      case .node: takeNode(content, column: line.column)
      case .body: PropertyLine(content).map { takeProperty($0, content, column: line.column) }
      case .trailer:
        if let property = PropertyLine(content), property.key.equals("I/O Timings") {
          takeTimings(content.from(property.valueStart))
        }
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

  private mutating func takeNode(_ content: Bytes, column: Int) {
    nodeNumber += 1
    (buffersColumn, workerColumn) = (nil, nil)
    var style = isStorageNode ? dialect.storageLines : dialect.lines
    var start = 0
    if content.hasPrefix("-> ") {
      start = content.count - content.from(2).trimmed.count
      style.blanksBehindArrow = start - 2
      arrowAbove = column
    }
    let line = content.from(start)
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
      !property.key.equals("Subplans Removed")
    {
      dialect.keysBelowBuffers.insert(PropertyKey(property.key.text))
    }
  }

  private mutating func takeTimings(_ value: Bytes) {
    if value.hasPrefix("read=") || value.hasPrefix("write=") { dialect.ioTimings = .unnamed }
    if value.hasPrefix("shared/local ") { dialect.ioTimings = .together }
  }
}

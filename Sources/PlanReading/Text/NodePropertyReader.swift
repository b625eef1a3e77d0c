import PlanModel

/// Reads the lines below a node that describe it, those of its parallel workers included.
struct NodePropertyReader {
  private let text: Bytes
  private var keys = InternedValues<KnownKey>()
  private var quotes: OpenQuotes
  private var worker: WorkerBlock?
  /// Whether the latest line put a property at the end of its node's list, so that more text may follow.
  private var mayContinue = false
  /// Whether the latest line has figures of a kind that goes on with others.
  private var isBehindFigures = false
  /// Where values begin whose brackets or quotes nothing closes.
  private(set) var openValues: [Int] = []
  /// Ends of lines that a quoted text goes on behind.
  private(set) var quotedLineEnds: [Int] = []

  private struct WorkerBlock {
    var column: Int
    /// Column of `JIT:` while its lines are read.
    var jitColumn: Int?
  }

  enum Outcome { case taken, joined, unknown }

  init(_ text: Bytes) {
    self.text = text
    quotes = OpenQuotes(text)
  }

  /// The next line belongs to something else.
  mutating func leaveNode() {
    worker = nil
    mayContinue = false
  }

  /// Whether a line is one of those below `Worker N:`.
  func isInWorker(_ line: TextLine) -> Bool { worker.map { line.column > $0.column } ?? false }

  /// Takes a line of `node`, and the lines after it where a literal goes on there.
  mutating func take(_ line: TextLine, of node: inout PlanNode, lines: inout LineCursor) -> Outcome {
    if !isInWorker(line) { worker = nil }
    let content = text.slice(line.content)
    guard let property = PropertyLine(content) else { return takeOther(line, of: &node) }
    if let number = Self.workerNumber(property.key) {
      return startWorker(number, line, valueStart: property.valueStart, of: &node)
    }
    let known = keys.value(for: property.key, make: KnownKey.init)
    if known.isLater, isBehindFigures { openValues.append(line.content.lowerBound) }
    isBehindFigures = known.isFirst
    let value = value(of: property, known, line, lines: &lines)
    if worker != nil, !node.workers.isEmpty {
      takeWorkerProperty(known, value, line, of: &node.workers[node.workers.count - 1])
      mayContinue = false
    } else {
      let count = node.properties.count
      node.take(known, value)
      // Aurora DSQL's batched join says here what PostgreSQL says in the node's name.
      if known.kind == .joinType { node.type.joinType = value.text }
      mayContinue = node.properties.count == count + 1
    }
    return .taken
  }

  // MARK: Values

  /// The text behind the colon. Literals and quoted names may hold line breaks: then it goes on below.
  private mutating func value(
    of property: PropertyLine, _ known: KnownKey, _ line: TextLine, lines: inout LineCursor
  ) -> Bytes {
    let start = line.content.lowerBound + property.valueStart
    var end = line.content.upperBound
    quotes.reset()
    guard known.kind == .expression || start < end && text[start] == UInt8(ascii: "(") else {
      return text.slice(start..<end)
    }
    quotes.pass(start..<end)
    while quotes.isOpen, let next = lines.next() {
      quotedLineEnds.append(end)
      quotes.pass(end..<next.content.upperBound)
      end = next.content.upperBound
    }
    if quotes.openBrackets() > 0 || quotes.isOpen { openValues.append(start) }
    return text.slice(start..<end)
  }

  /// Lines without a key: a further target of a ModifyTable, or the rest of a line that was broken.
  private mutating func takeOther(_ line: TextLine, of node: inout PlanNode) -> Outcome {
    let content = text.slice(line.content)
    if let target = Self.target(content, of: node) {
      node.properties.append(target)
      return .taken
    }
    guard mayContinue, quotes.openBrackets() > 0, !node.properties.isEmpty else { return .unknown }
    node.properties[node.properties.count - 1].value += " " + content.text
    quotes.pass(line.content)
    if quotes.openBrackets() <= 0 { _ = openValues.popLast() }
    return .joined
  }

  /// `Update on public.part_1 part`.
  private static func target(_ content: Bytes, of node: PlanNode) -> PlanProperty? {
    guard let target = ModificationTarget(content), target.command == node.type.command else { return nil }
    return PlanProperty(target.isForeign ? .foreignTargetTable : .targetTable, target.relation)
  }

  // MARK: Workers

  private static func workerNumber(_ key: Bytes) -> Int? {
    key.hasPrefix("Worker ") ? Int(key.from(7).text) : nil
  }

  /// `Worker 0:  actual time=…`, or the first property on the same line.
  private mutating func startWorker(
    _ number: Int, _ line: TextLine, valueStart: Int, of node: inout PlanNode
  ) -> Outcome {
    worker = WorkerBlock(column: line.column)
    mayContinue = false
    var execution = WorkerExecution(number: number)
    let value = text.slice(line.content.lowerBound + valueStart..<line.content.upperBound).trimmed
    if let actual = try? NodeFigures.readWorker(value) {
      execution.actual = actual
    } else if let property = PropertyLine(value) {
      let known = keys.value(for: property.key, make: KnownKey.init)
      takeWorkerProperty(known, value.from(property.valueStart), line, of: &execution)
    } else if !value.isEmpty {
      return .unknown
    }
    node.workers.append(execution)
    return .taken
  }

  private mutating func takeWorkerProperty(
    _ known: KnownKey, _ value: Bytes, _ line: TextLine, of execution: inout WorkerExecution
  ) {
    if known.kind == .jit {
      execution.jit = JITSummary()
      worker?.jitColumn = line.column
    } else if let column = worker?.jitColumn, line.column > column {
      execution.jit?.take(known.key, value.text)
    } else {
      worker?.jitColumn = nil
      execution.take(known, value)
    }
  }
}

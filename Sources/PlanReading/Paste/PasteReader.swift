import JSONTree
import PlanModel

/// Finds the first plan in the blocks of a paste, has it read, and lists what else is there.
struct PasteReader {
  let blocks: [TextBlock]
  /// Whether it is no paste, but what a server has just answered: a tree that is new to this version is none that
  /// somebody has damaged.
  var isAnswer = false
  /// How many documents this text was found inside of.
  private let depth: Int
  private var otherPlans: [OtherPlan] = []
  private var notes: [PlanReadingNote] = []
  /// Whether some line looked like the start of a plan.
  private(set) var foundStart = false
  /// Whether that line has an arrow: the root is missing, or was not recognised.
  private(set) var startsWithArrow = false

  /// Whether the plan's last line is so long that what stands below may be the rest of it.
  private(set) var mayGoOn = false

  init(blocks: [TextBlock], depth: Int = 0) {
    self.blocks = blocks
    self.depth = depth
  }

  mutating func read() throws(PlanReadingError) -> ReadPlan {
    for (number, block) in blocks.enumerated() {
      let result = try block.withText { text throws(PlanReadingError) -> ReadPlan? in
        guard let start = PlanStart.first(in: text) else { return nil }
        return try read(start, of: block, text: text)
      }
      guard var read = result else {
        noteIgnoredLines(of: block)
        continue
      }
      listPlans(inBlocksAfter: number)
      read.otherPlans += otherPlans
      read.notes = notes
      return read
    }
    throw noPlanError
  }

  /// The first line of a table that should hold a plan, else the first line of all.
  private var noPlanError: PlanReadingError {
    guard let block = blocks.first(where: \.hasHeader) ?? blocks.first else { return .empty }
    return block.withText { text in
      guard let line = LineCursor(text).peek() else { return .empty }
      return .unexpectedLine(
        at: block.position(of: line.content.lowerBound), line: text.slice(line.content).text)
    }
  }

  private mutating func read(_ start: PlanStart, of block: TextBlock, text: Bytes)
    throws(PlanReadingError) -> ReadPlan
  {
    foundStart = true
    startsWithArrow = start.format == .text && text.hasPrefix("-> ", at: start.line.content.lowerBound)
    noteIgnoredLines(from: 0, to: start.line.start, of: block, text: text)
    switch start.format {
    case .text: return try readText(start, of: block, text: text)
    case .json, .yaml, .xml: return try readDocument(start, of: block, text: text)
    }
  }

  private mutating func readText(_ start: PlanStart, of block: TextBlock, text: Bytes)
    throws(PlanReadingError) -> ReadPlan
  {
    var reader = TextPlanReader(text, from: start.line.start)
    do {
      try reader.read()
    } catch {
      throw error.located(in: block, text: text)
    }
    try checkRest(after: reader.end, below: start.line.column, of: block, text: text)
    notes += reader.notes.map { $0.located(in: block) }
    let plan = reader.plan
    if !isAnswer, let node = ImpossibleTree.node(in: plan) {
      throw .impossibleTree(
        at: block.position(of: start.line.content.lowerBound), node: plan.nodes[node].type.name)
    }
    mayGoOn = plan.executionTime == nil && StrayLines.mayBeginWithRest(text, start.line.start..<reader.end)
    let cut = CutText(text, start.line.start..<reader.end)
    if !tellsOfMissingText, PlanCompleteness.isMissingLines(plan) || cut.isCut(plan) {
      notes.append(.truncated(at: block.position(of: cut.end)))
    }
    return ReadPlan(
      plan: plan, text: excerpt(text, of: block, from: start, to: reader.end), format: .text,
      start: block.position(of: start.line.content.lowerBound))
  }

  private mutating func readDocument(_ start: PlanStart, of block: TextBlock, text: Bytes)
    throws(PlanReadingError) -> ReadPlan
  {
    let first = start.line.content.lowerBound
    let position = block.position(of: first)
    let tree: JSONTree
    do {
      tree = try DocumentText.tree(of: text.from(first), start.format, column: start.line.column)
    } catch {
      let offset = min(first + error.offset, text.count)
      throw .invalidDocument(start.format, at: block.position(of: offset), expected: error.expected)
    }
    let end = first + tree.byteCount
    guard let reading = JSONPlanReader.read(tree) else {
      guard let carried = carriedPlan(in: tree.root) else {
        guard tree.isTruncated else { throw .noPlan(in: start.format, at: position) }
        throw .invalidDocument(
          start.format, at: block.position(of: end), expected: "the rest of the document")
      }
      try checkRest(after: end, below: nil, of: block, text: text)
      return carried.moved(to: position)
    }
    if let fault = reading.fault { throw .malformedFigures(at: position, line: fault) }
    list(reading.otherRoots, start.format, of: block, text: text.slice(0..<end), from: first)
    notes += ValueBreaks.notes(tree.lineBreaks.map { first + $0 }, start, of: block, text: text)
    if reading.isTruncated || PlanCompleteness.isMissingLines(reading.plan) {
      notes.append(.truncated(at: block.position(of: end)))
    }
    try checkRest(after: end, below: nil, of: block, text: text)
    return ReadPlan(
      plan: reading.plan, text: excerpt(text, of: block, from: start, to: end), format: start.format,
      start: position)
  }

  /// Lists the plans of a document's further statements, by the types of their roots.
  private mutating func list(
    _ roots: [String], _ format: PlanFormat, of block: TextBlock, text: Bytes, from first: Int
  ) {
    guard !roots.isEmpty else { return }
    let starts = StatementStarts.offsets(format, in: text, from: first).dropFirst()
    for (number, root) in roots.enumerated() {
      let start = number < starts.count ? starts[starts.startIndex + number] : first
      otherPlans.append(OtherPlan(start: block.position(of: start), firstLine: root))
    }
  }

  /// Whether a note says already why something is missing.
  private var tellsOfMissingText: Bool {
    notes.contains {
      switch $0 {
      case .truncated, .elidedFigures: true
      default: false
      }
    }
  }

  /// YAML lives by its indentation, as TEXT does, so the first line must not lose it alone.
  private func excerpt(_ text: Bytes, of block: TextBlock, from start: PlanStart, to end: Int) -> String {
    switch start.format {
    case .text, .yaml:
      PlanExcerpt.text(text, from: start.line, to: end, isTrimmed: block.isTrimmed)
    case .json, .xml: text.slice(start.line.content.lowerBound..<end).text
    }
  }

  /// A plan that a document holds as text: rows printed as JSON, an entry of a log, a quoted document.
  private func carriedPlan(in root: JSONValue) -> ReadPlan? {
    guard depth < Self.mostDocuments else { return nil }
    return CarriedText.candidates(in: root).lazy.compactMap { candidate in
      Array(candidate.utf8).withUnsafeBufferPointer { text in
        var reader = PasteReader(blocks: PastedText.blocks(of: text), depth: depth + 1)
        return try? reader.read()
      }
    }.first
  }

  /// A log's JSON may hold a message that holds JSON, and a client may have quoted that.
  private static let mostDocuments = 3

  // MARK: What else is there

  /// Behind a plan another plan may start, or text that has nothing to do with it; but no stray line of this one.
  private mutating func checkRest(
    after end: Int, below column: Int?, of block: TextBlock, text: Bytes
  ) throws(PlanReadingError) {
    guard end < text.count else { return }
    let plans = PlanStart.all(in: text, from: end)
    let next = plans.first?.line
    let limit = next?.start ?? text.count
    let isWithin = column.map { column in next.map { $0.column > column } ?? false } ?? false
    // A node that stands further right than the root is none of its own.
    let rest = isWithin ? text : text.slice(0..<limit)
    if StrayLines.exist(in: rest, from: end, below: column), let line = LineCursor(rest, from: end).peek() {
      throw .unexpectedLine(
        at: block.position(of: line.content.lowerBound), line: text.slice(line.content).text)
    }
    noteIgnoredLines(from: end, to: limit, of: block, text: text)
    list(plans, of: block, text: text)
  }

  private mutating func listPlans(inBlocksAfter number: Int) {
    for block in blocks[(number + 1)...] {
      block.withText { text in
        let plans = PlanStart.all(in: text, from: 0)
        list(plans, of: block, text: text)
        noteIgnoredLines(from: 0, to: plans.first?.line.start ?? text.count, of: block, text: text)
      }
    }
  }

  private mutating func list(_ plans: [PlanStart], of block: TextBlock, text: Bytes) {
    otherPlans += plans.map {
      OtherPlan(
        start: block.position(of: $0.line.content.lowerBound), firstLine: text.slice($0.line.content).text)
    }
  }

  private mutating func noteIgnoredLines(of block: TextBlock) {
    block.withText { text in
      noteIgnoredLines(from: 0, to: text.count, of: block, text: text)
    }
  }

  private mutating func noteIgnoredLines(from start: Int, to end: Int, of block: TextBlock, text: Bytes) {
    var cursor = LineCursor(text.slice(0..<end), from: start)
    guard let first = cursor.peek() else { return }
    var count = 0
    while let line = cursor.next() { count += line.isBlank ? 0 : 1 }
    notes.append(.ignoredText(at: block.position(of: first.content.lowerBound), lines: count))
  }
}

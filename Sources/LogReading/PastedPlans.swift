/// Cuts a file of pasted plans into pieces of one plan each, as far as lines tell where a plan starts.
///
/// What a piece holds is the plan reader's affair. A log of which only the start looked like something else
/// is read as the log that it is.
struct PastedPlans: LineTaker {
  private let limit: Int
  private var piece: [UInt8] = []
  private var offset = 0
  private var hasPlan = false
  private var isInTable = false
  private var isTooLong = false
  private var nesting = JSONNesting()
  private var log: TextLog?

  init(limit: Int) { self.limit = limit }

  mutating func take(_ line: LineSplitter.Line, _ events: inout [LogEvent]) {
    if log == nil, PlanMark(line.bytes) != nil {
      endPiece(&events)
      log = TextLog(limit: limit)
    }
    guard log == nil else {
      log?.take(line, &events)
      return
    }
    begin(PieceStart(line.bytes, isInTable: isInTable, isInDocument: nesting.depth > 0), line, &events)
    keep(line)
  }

  mutating func finish(_ events: inout [LogEvent]) {
    endPiece(&events)
    log?.finish(&events)
  }

  private mutating func begin(_ start: PieceStart?, _ line: LineSplitter.Line, _ events: inout [LogEvent]) {
    switch start {
    case nil: break
    case .footer: isInTable = false
    case .header, .mark:
      endPiece(&events)
      isInTable = start == .header
    case .root, .document:
      if hasPlan { endPiece(&events) }
      // Elements of a list are plans of their own.
      if start == .document, isListOpened { piece = [] }
    }
    hasPlan = hasPlan || start == .root || start == .document || start == .header
    if start == .document || nesting.depth > 0 { followJSON(line.bytes) }
  }

  private var isListOpened: Bool {
    piece.allSatisfy { $0.isBlank || $0 == .newline || $0 == UInt8(ascii: "[") }
  }

  /// Inside a document no line starts a plan.
  private mutating func followJSON(_ line: Bytes) {
    var position = 0
    while nesting.next(in: line, from: &position) != nil {}
    if nesting.isBroken { nesting.reset() }
  }

  private mutating func keep(_ line: LineSplitter.Line) {
    if piece.isEmpty, !isTooLong { offset = line.offset }
    if line.isShortened || piece.count + line.bytes.count > limit {
      piece = []
      isTooLong = hasPlan
    }
    guard !isTooLong else { return }
    piece.append(contentsOf: line.bytes)
    if line.isTerminated { piece.append(.newline) }
  }

  private mutating func endPiece(_ events: inout [LogEvent]) {
    if isTooLong {
      events.append(.damage(LogDamage(offset: offset, reason: .tooLong(limit: limit))))
    } else if piece.contains(where: { !$0.isBlank && $0 != .newline }) {
      events.append(.plan(LoggedPlan(offset: offset, body: piece, isCertain: hasPlan)))
    }
    (hasPlan, isTooLong) = (false, false)
    nesting.reset()
    piece.removeAll(keepingCapacity: piece.count < 1 << 16)
  }
}

/// What a line of pasted text may begin, or end.
enum PieceStart {
  /// `QUERY PLAN`
  case header
  /// `(12 rows)`
  case footer
  /// A fence of Markdown, or the bracket of a list.
  case mark
  /// A node with costs or times and without an arrow.
  case root
  /// The start of JSON, YAML or XML.
  case document

  /// `nil` for all other lines. A table is a plan from its header to its footer, a document to its end.
  init?(_ line: Bytes, isInTable: Bool, isInDocument: Bool) {
    let text = line.trimmed
    guard !isInDocument, let first = text.first else { return nil }
    if text.hasSuffix("QUERY PLAN") || text.hasSuffix("QUERY PLAN |") {
      self = .header
    } else if isInTable {
      guard text.hasPrefix("("), text.hasSuffix(" rows)") || text.hasSuffix(" row)") else { return nil }
      self = .footer
    } else if let start = Self.document(text, first) ?? Self.root(text) {
      self = start
    } else {
      return nil
    }
  }

  private static func document(_ text: Bytes, _ first: UInt8) -> PieceStart? {
    switch first {
    case UInt8(ascii: "`"), UInt8(ascii: "~"):
      text.hasPrefix("```") || text.hasPrefix("~~~") ? .mark : nil
    case UInt8(ascii: "{"): .document
    case UInt8(ascii: "["):
      text.count == 1 ? .mark : text.from(1).trimmed.first == UInt8(ascii: "{") ? .document : nil
    case UInt8(ascii: "<"): text.hasPrefix("<explain") ? .document : nil
    case UInt8(ascii: "-"): text.hasPrefix("- Plan:") || text.hasPrefix("- Query Text:") ? .document : nil
    default: nil
    }
  }

  private static func root(_ text: Bytes) -> PieceStart? {
    guard text.contains(" (cost=") || text.contains(" (actual ") else { return nil }
    // The arrow stands behind what a table or a quotation puts there.
    let name = text.drop { $0.isBlank || "|\"'>+".utf8.contains($0) }
    return name.starts(with: "->".utf8) ? nil : .root
  }
}

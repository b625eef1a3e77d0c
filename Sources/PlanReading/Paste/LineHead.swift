import PlanModel

/// What an editor, a log, a chat or an e-mail put before every line of a plan: `12: `, `> > `, `NOTICE:  `.
///
/// Figures count as alike and blanks do not count, so that one head fits all lines.
struct LineHead: Hashable {
  private let tokens: [UInt8]
  private static let figure: UInt8 = 0

  /// The head of psql's rows where each column has a line of its own.
  static let ofExpandedRow = LineHead(tokens: Array("QUERYPLAN|".utf8))

  private init(tokens: [UInt8]) { self.tokens = tokens }

  /// `nil` for blanks alone.
  private init?(_ head: Bytes) {
    var tokens: [UInt8] = []
    var isInFigure = false
    for byte in head {
      if byte.isDigit, !isInFigure { tokens.append(Self.figure) }
      if !byte.isDigit, !byte.isBlank { tokens.append(byte) }
      isInFigure = byte.isDigit
    }
    guard !tokens.isEmpty else { return nil }
    self.init(tokens: tokens)
  }

  var lastByte: UInt8? { tokens.last }
  /// Whether it is a tag of HTML.
  var isTag: Bool { tokens.first == UInt8(ascii: "<") && tokens.last == UInt8(ascii: ">") }

  /// How many bytes of `line` this head takes. A line that is the start of a head and nothing else is one, too.
  func length(in line: Bytes) -> Int {
    var position = 0
    for token in tokens {
      guard let end = Self.behind(token, in: line, from: position) else {
        return line.from(position).isBlank ? line.count : 0
      }
      position = end
    }
    let isCut = tokens.last == Self.figure && position < line.count && !line[position].isBlank
    return isCut && tokens.count == 1 ? 0 : position
  }

  private static func behind(_ token: UInt8, in line: Bytes, from start: Int) -> Int? {
    var position = start
    while position < line.count, line[position].isBlank { position += 1 }
    guard position < line.count else { return nil }
    guard token == figure else { return line[position] == token ? position + 1 : nil }
    let first = position
    while position < line.count, line[position].isDigit { position += 1 }
    return position > first ? position : nil
  }

  // MARK: Finding it

  /// The head that most of a text's nodes have; `nil` where they have none.
  static func mostCommon(in text: Bytes, _ lines: [Range<Int>]) -> LineHead? {
    let heads = lines.lazy.map { text.slice($0) }
    return mostFrequent(heads.compactMap { head(ofNode: $0, needsFigures: true) })
      ?? mostFrequent(heads.compactMap { head(ofNode: $0, needsFigures: false) })
  }

  private static func mostFrequent(_ heads: [LineHead]) -> LineHead? {
    let counts = heads.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    let most = counts.values.max()
    return heads.first { counts[$0] == most }
  }

  private static func head(ofNode line: Bytes, needsFigures: Bool) -> LineHead? {
    // A document may be one line of any length.
    let line = line.slice(0..<min(line.count, longestLine))
    guard let start = documentKey(in: line) ?? node(in: line, needsFigures: needsFigures) else { return nil }
    var head = line.slice(0..<start).trimmed
    // A row of a table: its borders are known as such.
    if head.last == UInt8(ascii: "|"), line.trimmed.last == UInt8(ascii: "|") {
      head = head.slice(0..<head.count - 1)
    }
    return head.hasSuffix("->") ? nil : LineHead(head)
  }

  private static let longestLine = 512

  /// Where `Node Type` stands in JSON, YAML or XML.
  private static func documentKey(in line: Bytes) -> Int? {
    if let start = line.offset(of: "\"Node Type\"") ?? line.offset(of: "<Node-Type>") {
      let head = line.slice(0..<start).trimmed
      let isDocument = head.first == UInt8(ascii: "<") || head.last.map { "{[,\"".utf8.contains($0) } == true
      return isDocument ? nil : start
    }
    guard var start = line.offset(of: "Node Type: ") else { return nil }
    if line.slice(0..<start).hasSuffix("- ") { start -= 2 }
    return start
  }

  /// Where the arrow of a known node, or its name, stands.
  private static func node(in line: Bytes, needsFigures: Bool) -> Int? {
    if let arrow = line.offset(of: "-> "), isNode(line.from(arrow + 3).trimmed, needsFigures: false) {
      return arrow
    }
    guard !needsFigures || line.offset(of: "(cost=") != nil || line.offset(of: "(actual ") != nil else {
      return nil
    }
    var isInWord = false
    for position in line.indices {
      let byte = line[position]
      if !isInWord, byte >= 0x41, byte <= 0x5A, isNode(line.from(position), needsFigures: needsFigures) {
        return position
      }
      if byte.isLetter, !needsFigures { return nil }
      isInWord = byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_")
    }
    return nil
  }

  private static func isNode(_ line: Bytes, needsFigures: Bool) -> Bool {
    let node = NodeLine(line)
    guard !needsFigures || node.figuresStart != nil else { return false }
    return NodeType(printed: node.type.trimmed).isKnown
  }
}

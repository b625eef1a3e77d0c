/// `Index Scan using idx on public.orders o  (cost=…) (actual …)`, taken apart but not yet read.
struct NodeLine {
  /// The node's type with its attributes.
  private(set) var type: Bytes
  /// Behind `using`.
  private(set) var index: Bytes?
  /// Behind `on`.
  private(set) var relation: Bytes?
  /// Offset of the first bracket that holds figures; `nil` with `COSTS OFF`.
  private(set) var figuresStart: Int?

  /// Takes a line apart that has neither arrow nor indentation. Quoted names are passed over.
  init(_ line: Bytes) {
    type = line
    var start = 0
    var at = 0
    var isInType = true
    while at < line.count, figuresStart == nil {
      let byte = line[at]
      switch byte {
      // Most bytes are letters, and all that are looked for come before those.
      case 0x29...: at += 1
      case UInt8(ascii: "\""): at = line.offsetBehindQuotes(from: at)
      case UInt8(ascii: "("):
        if Self.isFigures(line, at: at) { figuresStart = at } else { at = Self.behindBracket(line, at) }
      case 0x20 where relation == nil && line.hasPrefix(" on ", at: at):
        assign(line.slice(start..<at), isType: isInType)
        relation = line.from(at + 4)
        start = at + 4
        isInType = false
        at += 4
      case 0x20 where isInType && line.hasPrefix(" using ", at: at):
        type = line.slice(start..<at)
        start = at + 7
        isInType = false
        at += 7
      default: at += 1
      }
    }
    let rest = line.slice(start..<(figuresStart ?? line.count)).trimmed
    if relation != nil { relation = rest } else { assign(rest, isType: isInType) }
  }

  private mutating func assign(_ part: Bytes, isType: Bool) {
    if isType { type = part } else { index = part }
  }

  /// Brackets are also part of names: `Full Scan (btree-table)`. Those stand behind a single blank.
  private static func isFigures(_ line: Bytes, at offset: Int) -> Bool {
    line.hasPrefix("(cost=", at: offset) || line.hasPrefix("(actual ", at: offset)
      || line.hasPrefix("(never executed)", at: offset)
      || offset > 1 && line[offset - 1] == 0x20 && line[offset - 2] == 0x20
  }

  private static func behindBracket(_ line: Bytes, _ offset: Int) -> Int {
    guard let closing = line.offset(of: UInt8(ascii: ")"), from: offset) else { return offset + 1 }
    return closing + 1
  }
}

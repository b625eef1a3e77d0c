/// What in a text takes PostgreSQL's scanner the square of its length, found without that scanner.
///
/// It follows the scanner's own division into strings, names and comments (`scan.l`): whoever could make
/// the two differ could hide a text that keeps the scanner busy for hours.
struct ScannerCost {
  /// The deepest level of `/* … */` inside each other; 0 where there is no comment.
  private(set) var commentLevels = 0
  /// Bytes that the scanner reads again: each sign and each comment start reads on to the end of the
  /// operator characters that it stands among, as in `++++++` and `/**//**//**/`.
  private(set) var operatorSteps = 0
  /// Bytes of the longest run of operator characters that counts in ``operatorSteps``.
  private(set) var longestRun = 0

  private let text: [UInt8]
  private var position = 0
  private var endOfRun = 0

  init(of text: [UInt8]) {
    self.text = text
    while position < text.count { step() }
  }

  private func byte(_ index: Int) -> UInt8 { index < text.count ? text[index] : 0 }

  private mutating func step() {
    switch (byte(position), byte(position + 1)) {
    case (UInt8(ascii: "/"), UInt8(ascii: "*")): skipComment()
    case (UInt8(ascii: "-"), UInt8(ascii: "-")): skipLine()
    case (UInt8(ascii: "'"), _), (UInt8(ascii: "\""), _): skipQuoted(hasEscapes: false)
    case (UInt8(ascii: "$"), _): skipDollarQuoted()
    case (UInt8(ascii: "e"), UInt8(ascii: "'")), (UInt8(ascii: "E"), UInt8(ascii: "'")):
      position += 1
      skipQuoted(hasEscapes: true)
    case (UInt8(ascii: "+"), _), (UInt8(ascii: "-"), _):
      countRun()
      position += 1
    case (let first, _) where Self.startsName(first): skipName()
    default: position += 1
    }
  }

  /// PostgreSQL's `op_chars`.
  private static let operatorBytes = Set("~!@#^&|`?+-*/%<>=".utf8)

  private mutating func countRun() {
    if position >= endOfRun {
      endOfRun = text[position...].firstIndex { !Self.operatorBytes.contains($0) } ?? text.count
    }
    operatorSteps += endOfRun - position
    longestRun = max(longestRun, endOfRun - position)
  }

  // MARK: What hides the rest

  private mutating func skipLine() {
    // A carriage return ends a line for the scanner as well.
    position =
      text[position...].firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? text.count
  }

  private mutating func skipComment() {
    var level = 0
    repeat {
      switch (byte(position), byte(position + 1)) {
      case (UInt8(ascii: "/"), UInt8(ascii: "*")):
        countRun()
        level += 1
        commentLevels = max(commentLevels, level)
        position += 2
      case (UInt8(ascii: "*"), UInt8(ascii: "/")):
        level -= 1
        position += 2
      default: position += 1
      }
    } while level > 0 && position < text.count
  }

  /// A doubled quote reads as two strings side by side, which is as good here: both have escapes or none.
  private mutating func skipQuoted(hasEscapes: Bool) {
    let quote = text[position]
    repeat {
      position += 1
      while position < text.count, text[position] != quote {
        position += hasEscapes && text[position] == UInt8(ascii: "\\") ? 2 : 1
      }
      position += 1
    } while hasEscapes && skipToContinuation()
  }

  /// `E'a'` and, behind a line end, `'\'b'`: the second part has escapes as the first.
  private mutating func skipToContinuation() -> Bool {
    var (next, hasLineEnd) = (position, false)
    while next < text.count {
      switch text[next] {
      case UInt8(ascii: "'") where hasLineEnd || next == position:
        position = next
        return true
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"): hasLineEnd = true
      case UInt8(ascii: " "), UInt8(ascii: "\t"), 0x0C: break
      default: return false
      }
      next += 1
    }
    return false
  }

  private mutating func skipDollarQuoted() {
    let start = position
    position += 1
    let tag = text[position...].prefix { $0 != UInt8(ascii: "$") && Self.continuesName($0) }
    guard tag.first.map(Self.startsName) ?? true, byte(tag.endIndex) == UInt8(ascii: "$") else { return }
    let delimiter = text[start...tag.endIndex]
    position = delimiter.endIndex
    while let next = text[position...].firstIndex(of: UInt8(ascii: "$")) {
      position = next + 1
      guard text[next...].starts(with: delimiter) else { continue }
      position = next + delimiter.count
      return
    }
    position = text.count
  }

  /// A quote or dollar sign behind the letters of a name starts no string of its own kind: `date'\'`, `a$b$`.
  private mutating func skipName() {
    position = text[position...].firstIndex { !Self.continuesName($0) } ?? text.count
  }

  private static func startsName(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "_")
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func continuesName(_ byte: UInt8) -> Bool {
    startsName(byte) || byte == UInt8(ascii: "$") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}

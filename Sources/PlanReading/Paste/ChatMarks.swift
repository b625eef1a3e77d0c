import PlanModel

/// Takes out what a chat puts between the messages that a plan was sent in: `[10:42] alice:`, `alice  10:42 AM`.
enum ChatMarks {
  /// The text without them; `nil` where there are none.
  static func removed(_ text: Bytes) -> RepairedText? {
    let lines = text.lineRanges
    var repaired = RepairedText()
    var marks = 0
    for (number, range) in lines.enumerated() {
      let line = text.slice(range)
      let next = number + 1 < lines.count ? text.slice(lines[number + 1]) : text.slice(0..<0)
      let length = isMark(line) || isSender(line, above: next) ? line.count : prefixLength(line)
      marks += length > 0 ? 1 : 0
      // A mark leaves no line behind: an empty one would end the plan.
      if length == line.count, length > 0 { continue }
      repaired.append(line.from(length), from: SourcePosition(line: number + 1, column: length + 1))
      repaired.endLine()
    }
    // What stands before every line is a log's.
    guard marks > 0, marks * 3 <= max(lines.count, 3) else { return nil }
    if text.last != 0x0A { repaired.dropLastLineEnd() }
    return repaired
  }

  // MARK: Marks alone

  /// `alice  10:42 AM`, `[10:42] Alice Smith:`, `Bob — Today at 10:42`: a time, and few words.
  private static func isMark(_ line: Bytes) -> Bool {
    let line = line.trimmed
    guard !line.isEmpty, line.count <= longestMark, line.allSatisfy(isOfMark),
      line.offset(of: ": ") == nil, hasTime(line)
    else { return false }
    return line.split(separator: 0x20).count <= mostWords
  }

  /// A name above a line that is a time alone, as one copies it from Slack.
  private static func isSender(_ line: Bytes, above next: Bytes) -> Bool {
    let (line, next) = (line.trimmed, next.trimmed)
    guard let first = line.first, first.isLetter, line.count <= longestMark, isMark(next),
      SubplanHeading.relationship(line) == nil, !NodeType(printed: line).isKnown
    else {
      return false
    }
    return next.first.map { $0.isDigit || $0 == UInt8(ascii: "[") } == true
      && line.split(separator: 0x20).count <= 3
      && line.allSatisfy { $0.isLetter || $0 == 0x20 || $0 == UInt8(ascii: ".") || $0 >= 0x80 }
  }

  private static let longestMark = 60
  private static let mostWords = 7

  /// No condition and no figures of a plan are made of these alone and have a time.
  private static func isOfMark(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || byte.isBlank || byte >= 0x80 || "[]:.,-/@_".utf8.contains(byte)
  }

  // MARK: Marks before a message

  /// `[10:42] alice: `, `[22.11.2026 10:42] Alice Smith: `.
  private static func prefixLength(_ line: Bytes) -> Int {
    let indent = line.prefix(while: \.isBlank).count
    guard indent < line.count, line[indent] == UInt8(ascii: "["),
      let bracket = line.offset(of: UInt8(ascii: "]")),
      bracket - indent <= 24, hasTime(line.slice(indent..<bracket)),
      let colon = line.offset(of: ": ", from: bracket), colon - bracket <= 32
    else { return 0 }
    let name = line.slice(bracket + 1..<colon).trimmed
    return !name.isEmpty && name.allSatisfy({ $0.isLetter || $0.isDigit || $0 == 0x20 || $0 >= 0x80 })
      ? colon + 2 : 0
  }

  /// `10:42`, `10:42:13`, with nothing but blanks, brackets and commas beside it.
  private static func hasTime(_ text: Bytes) -> Bool {
    text.split { $0.isBlank || "[](),".utf8.contains($0) }.contains { word in
      let parts = word.split(separator: UInt8(ascii: ":"))
      return (parts.count == 2 || parts.count == 3)
        && parts.allSatisfy { $0.count <= 2 && $0.allSatisfy(\.isDigit) }
        && parts[1].count == 2
    }
  }
}

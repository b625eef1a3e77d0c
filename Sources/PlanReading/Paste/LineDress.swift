/// Takes off what stands around each line of a plan: heads, quotes, tags, and psql's marks of broken lines.
struct LineDress {
  private let text: Bytes
  private let lines: [Range<Int>]
  private let head: LineHead?
  private let hasHeader: Bool
  /// Strings of JSON are no fields of CSV.
  private let isJSON: Bool
  private var isExpanded = false
  private var repaired = RepairedText()
  private var isChanged = false

  /// The text without them; `nil` where none was found.
  static func repaired(_ text: Bytes) -> RepairedText? {
    var dress = LineDress(text)
    dress.repair()
    return dress.isChanged ? dress.repaired : nil
  }

  private init(_ text: Bytes) {
    self.text = text
    lines = text.lineRanges
    head = LineHead.mostCommon(in: text, lines)
    isJSON = text.offset(of: " \"Node Type\":") != nil
    hasHeader = lines.contains { text.slice($0).trimmed.equals("QUERY PLAN") }
  }

  private mutating func repair() {
    var isJoined = false
    for (number, range) in lines.enumerated() {
      var line = range
      if isJoined { line = line.lowerBound + 1..<line.upperBound }
      isJoined = goesOn(number)
      take(line, of: range, number: number + 1, isBroken: isJoined)
    }
    if text.last != 0x0A { repaired.dropLastLineEnd() }
  }

  /// psql's wrapped format: a point at the end of a line, and one at the start of the next.
  private func goesOn(_ number: Int) -> Bool {
    guard hasHeader, number + 1 < lines.count else { return false }
    return text.slice(lines[number]).trimmed.last == UInt8(ascii: ".")
      && text.slice(lines[number + 1]).first == UInt8(ascii: ".")
  }

  private mutating func take(_ line: Range<Int>, of whole: Range<Int>, number: Int, isBroken: Bool) {
    let content = text.slice(line)
    let start = headLength(of: content)
    if isTagOfTable(content.from(start).trimmed) { return }
    var end = content.trimmed.isEmpty ? content.count : endWithoutBlanks(content)
    let bare = LineTail(
      content.slice(start..<max(start, end)), behind: head, isExpanded: isExpanded, isJSON: isJSON)
    end = max(start, end - bare.length)
    isChanged = isChanged || start > 0 || bare.length > 0 || bare.isQuoted || isBroken
    let column = text.slice(whole.lowerBound..<line.lowerBound + start).characterCount + 1
    append(
      content.slice(start..<end), isQuoted: bare.isQuoted,
      from: SourcePosition(line: number, column: column))
    if isBroken { repaired.dropPoint() } else { repaired.endLine() }
  }

  /// Between the rows of a table in HTML there are tags alone.
  private func isTagOfTable(_ line: Bytes) -> Bool {
    head?.isTag == true && line.first == UInt8(ascii: "<") && line.last == UInt8(ascii: ">")
  }

  private mutating func headLength(of line: Bytes) -> Int {
    let length = LineHead.ofExpandedRow.length(in: line)
    if length > 0 { isExpanded = true }
    return length > 0 ? length : head?.length(in: line) ?? 0
  }

  private func endWithoutBlanks(_ line: Bytes) -> Int {
    var end = line.count
    while end > 0, line[end - 1].isBlank { end -= 1 }
    return end
  }

  /// A field of CSV holds each of its own quotes twice.
  private mutating func append(_ part: Bytes, isQuoted: Bool, from origin: SourcePosition) {
    guard isQuoted else { return repaired.append(part, from: origin) }
    let first = part.firstIndex(of: UInt8(ascii: "\"")) ?? part.count
    let isOpen = part.slice(0..<first).isBlank
    var start = isOpen ? min(first + 1, part.count) : 0
    while let quote = part.offset(of: "\"\"", from: start) {
      repaired.append(
        part.slice(start..<quote + 1), from: origin.moved(by: part.slice(0..<start).characterCount))
      start = quote + 2
    }
    repaired.append(part.from(start), from: origin.moved(by: part.slice(0..<start).characterCount))
  }
}

extension RepairedText {
  /// Takes the mark of a broken line off again.
  fileprivate mutating func dropPoint() { dropLast(UInt8(ascii: ".")) }
}

extension SourcePosition {
  func moved(by columns: Int) -> SourcePosition { SourcePosition(line: line, column: column + columns) }
}

/// What stands behind a line's text.
private struct LineTail {
  var length = 0
  /// The text has the quotes of a field of CSV around it, of which the second is part of the tail.
  var isQuoted = false

  private static let tags: [StaticString] = [
    "</td>", "</tr>", "</pre>", "</code>", "</p>", "</div>", "</span>", "</li>", "<br>", "<br/>", "<br />",
    "```",
  ]

  private static let quotes = Array("\"'`".utf8)

  private static func isSeparator(_ byte: UInt8) -> Bool { byte.isBlank || ",;+".utf8.contains(byte) }

  init(_ line: Bytes, behind head: LineHead?, isExpanded: Bool, isJSON: Bool) {
    while let tag = Self.tag(at: line.count - length, of: line) {
      length += tag.utf8CodeUnitCount
    }
    if isExpanded, line.last == UInt8(ascii: "+") { length += 1 }
    if !isJSON { takeQuote(of: line, behind: head) }
  }

  /// `"a ""b"" c"`: all quotes within are doubled.
  private static func isField(_ line: Bytes) -> Bool {
    guard line.count > 1, line.first == UInt8(ascii: "\""), line.last == UInt8(ascii: "\"") else {
      return false
    }
    return line.offsetBehindQuotes(from: 0) == line.count
  }

  private static func tag(at end: Int, of line: Bytes) -> StaticString? {
    let line = line.slice(0..<end)
    return tags.first { line.hasSuffix($0) }
  }

  private mutating func takeQuote(of line: Bytes, behind head: LineHead?) {
    var end = line.count - length
    while end > 0, Self.isSeparator(line[end - 1]) { end -= 1 }
    guard end > 0 else { return }
    let isField = Self.isField(line.slice(0..<end).trimmed)
    guard let quote = isField ? UInt8(ascii: "\"") : head?.lastByte, Self.quotes.contains(quote),
      line[end - 1] == quote, isField || line.count(where: { $0 == quote }) % 2 == 1
    else { return }
    length = line.count - end + 1
    isQuoted = quote == UInt8(ascii: "\"")
  }
}

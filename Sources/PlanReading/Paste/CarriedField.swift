/// A whole plan in TEXT that stands in one field of CSV, or as a string in a program's notation.
struct CarriedField {
  /// The text with that field's own text in its place; `nil` where there is none.
  static func opened(_ text: Bytes) -> RepairedText? {
    var cursor = LineCursor(text)
    while let line = cursor.next() {
      let content = text.slice(line.content)
      guard let start = start(of: content, in: line) else { continue }
      let end = escapedEnd(of: text, from: start)
      if end > start { return opened(text, line, start..<end, isEscaped: true) }
      let closing = text.offsetBehindQuotes(from: start - 1) - 1
      guard text[start - 1] == UInt8(ascii: "\""), closing > line.content.upperBound else { return nil }
      return opened(text, line, start..<closing, isEscaped: false)
    }
    return nil
  }

  /// Where the text behind a quote begins in which a node stands first.
  private static func start(of content: Bytes, in line: TextLine) -> Int? {
    let shown = content.slice(0..<min(content.count, 512))
    let figures = shown.offset(of: "(cost=") ?? shown.offset(of: "(actual ")
    guard let figures else { return nil }
    let head = shown.slice(0..<figures)
    if let quote = head.firstIndex(where: { "\"'`".utf8.contains($0) }),
      head.slice(0..<quote).offset(of: " on ") == nil
    {
      return line.content.lowerBound + quote + 1
    }
    return nil
  }

  /// Where a text ends whose line breaks are written as `\n`; `start` where they are not.
  private static func escapedEnd(of text: Bytes, from start: Int) -> Int {
    let end = text.offset(of: 0x0A, from: start) ?? text.count
    let line = text.slice(start..<end)
    guard line.offset(of: ")\\n") != nil else { return start }
    let quote = text[start - 1]
    var position = start
    while position < end, text[position] != quote { position += text[position] == UInt8(ascii: "\\") ? 2 : 1 }
    return min(position, end)
  }

  private static func opened(
    _ text: Bytes, _ line: TextLine, _ field: Range<Int>, isEscaped: Bool
  ) -> RepairedText {
    var opened = RepairedText()
    var place = SourcePosition(line: line.number + 1, column: 1)
    place.column += text.slice(line.start..<field.lowerBound).characterCount
    var start = field.lowerBound
    var position = start
    let take = { (end: Int, length: Int) in
      let part = text.slice(start..<end)
      opened.append(part, from: place)
      place.column += part.characterCount + length
      start = end + length
      position = start
    }
    while position < field.upperBound {
      let byte = text[position]
      if byte == 0x0A {
        take(position, 1)
        opened.endLine()
        place = SourcePosition(line: place.line + 1, column: 1)
      } else if isEscaped, byte == UInt8(ascii: "\\"), position + 1 < field.upperBound {
        let escaped = text[position + 1]
        take(position, 2)
        escaped == UInt8(ascii: "n") ? opened.endLine() : opened.append(Self.character(escaped))
      } else if !isEscaped, text.slice(0..<field.upperBound).hasPrefix("\"\"", at: position) {
        take(position + 1, 1)
      } else {
        position += 1
      }
    }
    take(field.upperBound, 0)
    opened.endLine()
    return opened
  }

  private static func character(_ escaped: UInt8) -> UInt8 {
    switch escaped {
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "r"): 0x0D
    default: escaped
    }
  }
}

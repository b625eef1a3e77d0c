/// `Key: ` at the start of a line's text, quoted or not.
struct YAMLKey {
  let name: Bytes
  let isEscaped: Bool
  /// Where the value stands: at the line's end where it stands below.
  let valueStart: Int

  /// `nil` where the text between the offsets does not begin with a key.
  init?(_ text: Bytes, from start: Int, to end: Int) {
    guard start < end else { return nil }
    let line = text.slice(0..<end)
    let colon: Int
    if line[start] == UInt8(ascii: "\"") || line[start] == UInt8(ascii: "'") {
      let quoted = YAMLQuoted(line, from: start)
      guard quoted.isClosed, quoted.end < end, line[quoted.end] == UInt8(ascii: ":") else { return nil }
      colon = quoted.end
      name = line.slice(start + 1..<quoted.end - 1)
      isEscaped = quoted.isEscaped
    } else {
      guard line[start].isLetter || line[start] == UInt8(ascii: "_"), let at = Self.colon(line, from: start)
      else { return nil }
      colon = at
      name = line.slice(start..<at).trimmed
      isEscaped = false
    }
    guard colon + 1 == end || line[colon + 1].isBlank else { return nil }
    var value = colon + 1
    while value < end, line[value].isBlank { value += 1 }
    valueStart = value
  }

  /// The first colon with a blank or nothing behind it.
  private static func colon(_ line: Bytes, from start: Int) -> Int? {
    var colon = line.offset(of: UInt8(ascii: ":"), from: start)
    while let at = colon, at + 1 < line.count, !line[at + 1].isBlank {
      colon = line.offset(of: UInt8(ascii: ":"), from: at + 1)
    }
    return colon
  }
}

/// A scalar in double or single quotes, which may go on over several lines.
struct YAMLQuoted {
  /// The text with its line breaks folded; backslashes are still there.
  private(set) var value: [UInt8] = []
  private(set) var isEscaped = false
  private(set) var isClosed = false
  /// Offset behind the closing quote, or the end of the text.
  private(set) var end: Int

  init(_ text: Bytes, from start: Int) {
    let quote = text[start]
    end = start + 1
    while end < text.count, !isClosed {
      let byte = text[end]
      if byte == quote {
        takeQuote(text)
      } else if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\""), end + 1 < text.count {
        takeEscape(text)
      } else if byte == 0x0A {
        fold(text)
      } else {
        value.append(byte)
        end += 1
      }
    }
  }

  /// Ends the scalar; in single quotes two of them are one.
  private mutating func takeQuote(_ text: Bytes) {
    let quote = text[end]
    if quote == UInt8(ascii: "'"), end + 1 < text.count, text[end + 1] == quote {
      value.append(quote)
      end += 2
    } else {
      isClosed = true
      end += 1
    }
  }

  private mutating func takeEscape(_ text: Bytes) {
    guard text[end + 1] != 0x0A else {
      end += 2
      skipIndentation(text)
      return
    }
    isEscaped = true
    value += [text[end], text[end + 1]]
    end += 2
  }

  /// A line break is a blank, and each further one a line break.
  private mutating func fold(_ text: Bytes) {
    while value.last?.isBlank == true { value.removeLast() }
    var breaks = 0
    while end < text.count, text[end] == 0x0A {
      breaks += 1
      end += 1
      skipIndentation(text)
    }
    value += breaks == 1 ? [0x20] : [UInt8](repeating: 0x0A, count: breaks - 1)
  }

  private mutating func skipIndentation(_ text: Bytes) {
    while end < text.count, text[end].isBlank { end += 1 }
  }
}

/// Lines below `|` or `>`, which keep their breaks or are joined by blanks.
struct YAMLBlock {
  private(set) var value: [UInt8] = []

  /// Takes the lines further right than `column`.
  init(_ text: Bytes, header: Range<Int>, below column: Int, _ lines: inout LineCursor) {
    let header = text.slice(header)
    let isFolded = header.first == UInt8(ascii: ">")
    var breaks = 0
    var indentation: Int?
    while let line = lines.peek(), line.column > column {
      while let next = lines.next(), next.isBlank { breaks += 1 }
      let indent = indentation ?? line.column
      let extra = max(0, line.column - indent)
      if indentation != nil { join(breaks, isFolded: isFolded && extra == 0) }
      indentation = indent
      breaks = 0
      value += [UInt8](repeating: 0x20, count: extra)
      value += text.slice(line.content)
    }
    if !header.contains(UInt8(ascii: "-")) { value.append(0x0A) }
  }

  /// Joins a line with that above, `blank` empty lines between them.
  private mutating func join(_ blank: Int, isFolded: Bool) {
    if isFolded, blank == 0 {
      value.append(0x20)
    } else {
      value += [UInt8](repeating: 0x0A, count: isFolded ? blank : blank + 1)
    }
  }
}

/// One line of a block.
struct TextLine {
  /// Lines that the cursor handed out before this one.
  var number: Int
  /// Offset of its first byte, indentation included.
  var start: Int
  /// Where its text stands: without indentation and without blanks at its end.
  var content: Range<Int>
  /// Width of the indentation; a tab goes to the next multiple of 8.
  var column: Int
  /// Whether a line end follows: the last line of a truncated paste has none.
  var isTerminated: Bool

  var isBlank: Bool { content.isEmpty }
}

/// Hands out the lines of a block one after the other.
struct LineCursor {
  let text: Bytes
  private(set) var offset: Int
  private var number = 0

  init(_ text: Bytes, from offset: Int = 0) {
    self.text = text
    self.offset = offset
  }

  mutating func next() -> TextLine? {
    guard offset < text.count else { return nil }
    let newline = text.offset(of: 0x0A, from: offset)
    let line = measured(from: offset, to: newline ?? text.count, isTerminated: newline != nil)
    offset = (newline ?? text.count) + 1
    number += 1
    return line
  }

  /// The next line that is not blank, which stays the next one.
  func peek() -> TextLine? {
    var copy = self
    while let line = copy.next() { if !line.isBlank { return line } }
    return nil
  }

  /// A cursor at the line below the last that `line` covers.
  func behind(_ line: TextLine) -> LineCursor {
    LineCursor(text, from: (text.offset(of: 0x0A, from: line.content.upperBound) ?? text.count) + 1)
  }

  private func measured(from start: Int, to end: Int, isTerminated: Bool) -> TextLine {
    let indentation = text.slice(start..<end).indentation
    let first = start + indentation
    var last = end
    while last > first, text[last - 1].isBlank { last -= 1 }
    return TextLine(
      number: number, start: start, content: first..<last,
      column: text.slice(start..<first).width, isTerminated: isTerminated)
  }
}

extension Bytes {
  /// The width of blanks.
  fileprivate var width: Int {
    guard offset(of: 0x09) != nil else { return count }
    return reduce(0) { width, byte in byte == 0x09 ? (width / 8 + 1) * 8 : width + 1 }
  }
}

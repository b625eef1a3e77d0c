/// A paste with some of its dirt taken off, and where each part of it stood before.
struct RepairedText {
  private(set) var bytes: [UInt8] = []
  /// Lines of the text it was made of that belong to the line above.
  private(set) var joinedLines: [SourcePosition] = []
  private var parts: [Part] = []
  private var line = 1
  private var column = 1

  /// Text that was taken over as it stood; a line break ends it.
  private struct Part {
    var place: SourcePosition
    var origin: SourcePosition
  }

  /// Takes over bytes that hold no line break and stood at `origin`.
  mutating func append(_ part: Bytes, from origin: SourcePosition) {
    parts.append(Part(place: SourcePosition(line: line, column: column), origin: origin))
    bytes.append(contentsOf: part)
    column += part.characterCount
  }

  /// Puts a byte in the place of something else.
  mutating func append(_ byte: UInt8) {
    bytes.append(byte)
    column += 1
  }

  /// The next bytes, which began a line at `origin`, go on with this one.
  mutating func join(at origin: SourcePosition) { joinedLines.append(origin) }

  mutating func endLine() {
    bytes.append(0x0A)
    line += 1
    column = 1
  }

  /// The last line gets no end, as the last of the text it was made of.
  mutating func dropLastLineEnd() { dropLast(0x0A) }

  /// Takes a byte off again, if it stands last.
  mutating func dropLast(_ byte: UInt8) {
    guard bytes.last == byte else { return }
    bytes.removeLast()
    column -= 1
  }

  /// Where a place in this text was in the text it was made of.
  func origin(of place: SourcePosition) -> SourcePosition {
    var first = 0
    var end = parts.count
    while end - first > 1 {
      let middle = (first + end) / 2
      if parts[middle].place.isBehind(place) { end = middle } else { first = middle }
    }
    guard first < end else { return place }
    let part = parts[first]
    guard part.place.line == place.line, part.place.column <= place.column else { return part.origin }
    return SourcePosition(
      line: part.origin.line, column: part.origin.column + place.column - part.place.column)
  }
}

extension SourcePosition {
  fileprivate func isBehind(_ other: SourcePosition) -> Bool {
    (line, column) > (other.line, other.column)
  }
}

extension Bytes {
  /// Unicode scalars in text that is UTF-8.
  var characterCount: Int { count { $0 & 0b1100_0000 != 0b1000_0000 } }

  /// The lines without their ends; blanks at their ends, carriage returns included, are still there.
  var lineRanges: [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    while start < count {
      let end = offset(of: 0x0A, from: start) ?? count
      ranges.append(start..<end)
      start = end + 1
    }
    return ranges
  }
}

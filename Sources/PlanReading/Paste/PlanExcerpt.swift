/// The text of a plan as a report shows it.
enum PlanExcerpt {
  /// The lines from the root to `end`, all of them without the root's indentation and without blanks at their ends.
  ///
  /// - Parameter isTrimmed: whether no line has such blanks.
  static func text(_ text: Bytes, from root: TextLine, to end: Int, isTrimmed: Bool) -> String {
    let indentation = root.content.lowerBound - root.start
    let isVerbatim = isTrimmed && indentation == 0 && (end == text.count || text[end - 1] == 0x0A)
    // Lines become shorter; the last may get its line end.
    return String(unsafeUninitializedCapacity: end - root.start + 1) { excerpt in
      isVerbatim
        ? put(text.slice(root.start..<end), in: excerpt)
        : put(LineCursor(text.slice(0..<end), from: root.start), without: indentation, in: excerpt)
    }
  }

  private static func put(_ lines: Bytes, in excerpt: UnsafeMutableBufferPointer<UInt8>) -> Int {
    let length = excerpt.put(lines, at: 0)
    guard lines.last != 0x0A else { return length }
    excerpt[length] = 0x0A
    return length + 1
  }

  private static func put(
    _ lines: LineCursor, without indentation: Int, in excerpt: UnsafeMutableBufferPointer<UInt8>
  ) -> Int {
    var (lines, length) = (lines, 0)
    while let line = lines.next() {
      let start = line.start + min(indentation, line.content.lowerBound - line.start)
      length += excerpt.put(lines.text.slice(start..<max(start, line.content.upperBound)), at: length)
      excerpt[length] = 0x0A
      length += 1
    }
    return length
  }
}

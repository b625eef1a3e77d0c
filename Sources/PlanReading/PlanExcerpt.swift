/// The text of a plan as a report shows it.
enum PlanExcerpt {
  /// The lines from the root to `end`, all of them without the root's indentation.
  static func text(_ text: Bytes, from root: TextLine, to end: Int) -> String {
    let indentation = root.content.lowerBound - root.start
    // Lines become shorter; the last may get its line end.
    return String(unsafeUninitializedCapacity: end - root.start + 1) { excerpt in
      var length = 0
      var cursor = LineCursor(text.slice(0..<end), from: root.start)
      while let line = cursor.next() {
        let start = line.start + min(indentation, line.content.lowerBound - line.start)
        length += excerpt.put(text.slice(start..<max(start, line.content.upperBound)), at: length)
        excerpt[length] = 0x0A
        length += 1
      }
      return length
    }
  }
}

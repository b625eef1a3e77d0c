import ByteReading

/// The text of a plan as a report shows it.
enum PlanExcerpt {
  /// The lines from the root to `end`, all of them without the root's indentation.
  static func text(_ text: Bytes, from root: TextLine, to end: Int) -> String {
    let indentation = root.content.lowerBound - root.start
    var excerpt: [UInt8] = []
    excerpt.reserveCapacity(end - root.start)
    var cursor = LineCursor(text.slice(0..<end), from: root.start)
    while let line = cursor.next() {
      let start = line.start + min(indentation, line.content.lowerBound - line.start)
      excerpt.append(contentsOf: text.slice(start..<max(start, line.content.upperBound)))
      excerpt.append(0x0A)
    }
    return String(decoding: excerpt, as: UTF8.self)
  }
}

/// A line as Kubernetes keeps it: `2026-11-22T10:00:00.123456789Z stderr P text`, where `P` says that the text goes
/// on in the next line of the stream, and `F` that it does not.
struct ContainerLine {
  /// Where the text starts.
  let textStart: Int
  /// Offset of the `P` or the `F`.
  let tag: Int

  private init(textStart: Int, tag: Int) { (self.textStart, self.tag) = (textStart, tag) }

  /// `nil` where a line is none of that.
  init?(_ line: Bytes) {
    guard line.count > 30, line[10] == UInt8(ascii: "T"), line.matches("0000-00-00T00:00:00"),
      let blank = line.offset(of: 0x20, from: 19), blank <= 36,
      line.hasPrefix("stdout ", at: blank + 1) || line.hasPrefix("stderr ", at: blank + 1)
    else { return nil }
    let tag = blank + 8
    guard line.hasPrefix("P ", at: tag) || line.hasPrefix("F ", at: tag) else { return nil }
    self.init(textStart: tag + 2, tag: tag)
  }
}

/// Puts the parts of lines together again that a container's runtime had to break.
struct ContainerParts {
  private var parts: [Part] = []

  private struct Part {
    /// `stdout` or `stderr`.
    var stream: [UInt8]
    var line: [UInt8]
    var offset: Int
    var isShortened: Bool
  }

  /// Whether a line has to be looked at: it is a part, or others wait for it.
  func concerns(_ line: Bytes) -> ContainerLine? {
    guard let container = ContainerLine(line) else { return nil }
    return parts.isEmpty && line[container.tag] == UInt8(ascii: "F") ? nil : container
  }

  /// Takes a line, and hands on what it completes.
  mutating func take(
    _ line: LineSplitter.Line, _ container: ContainerLine, limit: Int, _ take: (LineSplitter.Line) -> Void
  ) {
    let stream = Array(line.bytes.slice(container.tag - 7..<container.tag))
    let isLast = line.bytes[container.tag] == UInt8(ascii: "F")
    let open = parts.firstIndex { $0.stream == stream }
    guard let open else {
      if isLast { return take(line) }
      var start = Array(line.bytes)
      start[container.tag] = UInt8(ascii: "F")
      parts.append(Part(stream: stream, line: start, offset: line.offset, isShortened: line.isShortened))
      return
    }
    let text = line.bytes.from(container.textStart)
    if parts[open].line.count + text.count > limit {
      parts[open].isShortened = true
    } else {
      parts[open].line += text
    }
    if isLast { handOn(parts.remove(at: open), take) }
  }

  /// The input is over: hands on what waits for a rest that does not come.
  mutating func finish(_ take: (LineSplitter.Line) -> Void) {
    parts.forEach { handOn($0, take) }
    parts = []
  }

  private func handOn(_ part: Part, _ take: (LineSplitter.Line) -> Void) {
    part.line.withUnsafeBufferPointer {
      take(LineSplitter.Line(bytes: $0, offset: part.offset, isShortened: part.isShortened))
    }
  }
}

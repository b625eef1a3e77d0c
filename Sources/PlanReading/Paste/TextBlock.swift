/// Part of the input that one program printed in one go, its decoration removed.
struct TextBlock {
  /// The lines, ended by newlines; none where they can be read where they stand.
  var bytes: [UInt8] = []
  /// Where lines stood in the input. The lines between two of them are the input's own.
  var origins: [LineOrigin] = []
  /// Whether a `QUERY PLAN` header stood above.
  var hasHeader = false
  /// The input itself, where nothing is to be removed: valid as long as the call runs that lent it.
  private var bare: Bytes?

  /// A block without decoration.
  init(verbatim bytes: [UInt8]) {
    self.bytes = bytes
    let starts = [0] + bytes.indices.filter { bytes[$0] == 0x0A }.map { $0 + 1 }
    origins = starts.enumerated().map { LineOrigin(offset: $0.element, line: $0.offset + 1, column: 1) }
  }

  init() {}

  /// Whether no line has blanks at its end.
  var isTrimmed: Bool { bare != nil }

  /// Lends the lines.
  func withText<Result, Failure>(_ body: (Bytes) throws(Failure) -> Result) throws(Failure) -> Result {
    guard let bare else { return try bytes.withUnsafeBufferPointer(body) }
    return try body(bare)
  }

  /// Where a byte of the block stood in the input.
  func position(of offset: Int) -> SourcePosition {
    var first = 0
    var end = origins.count
    while end - first > 1 {
      let middle = (first + end) / 2
      if origins[middle].offset <= offset { first = middle } else { end = middle }
    }
    guard first < end else { return SourcePosition(line: 1, column: 1) }
    return withText { origins[first].position(of: offset, in: $0) }
  }
}

extension TextBlock {
  /// All of the input, if no line of it is decorated or blank or has blanks at its end; else `nil`.
  init?(bare source: Bytes) {
    guard !source.isEmpty else { return nil }
    bare = source
    var (start, number) = (0, 1)
    while start < source.count {
      let end = source.offset(of: 0x0A, from: start) ?? source.count
      guard Self.isBare(source.slice(start..<end)) else { return nil }
      if number % Self.linesPerOrigin == 1 {
        origins.append(LineOrigin(offset: start, line: number, column: 1))
      }
      (start, number) = (end + 1, number + 1)
    }
  }

  /// Few are asked for their place.
  private static let linesPerOrigin = 64

  private static func isBare(_ line: Bytes) -> Bool {
    guard let last = line.last, !last.isBlank else { return false }
    return LineDecoration(line.from(line.indentation)) == nil
  }
}

/// Where a line of a block stood before its decoration was removed.
struct LineOrigin {
  /// Offset of the line in the block.
  var offset: Int
  /// Line in the input, from 1.
  var line: Int
  /// Column in the input, from 1, of what is the line's first byte in the block.
  var column: Int

  /// Where a byte of this line, or of those below it that have no origin of their own, stood in the input.
  func position(of byte: Int, in text: Bytes) -> SourcePosition {
    let end = min(byte, text.count)
    let before = text.slice(min(offset, end)..<end)
    // The line end behind which nothing stands begins no line.
    let lines = end == text.count ? before.slice(0..<max(0, before.count - 1)) : before
    guard let lastEnd = lines.lastOffset(of: 0x0A) else {
      return SourcePosition(line: line, column: column + before.columnCount)
    }
    return SourcePosition(
      line: line + lines.count(of: 0x0A), column: 1 + before.from(lastEnd + 1).columnCount)
  }
}

extension Bytes {
  fileprivate var columnCount: Int { count { $0 & 0b1100_0000 != 0b1000_0000 && $0 != 0x0A } }
}

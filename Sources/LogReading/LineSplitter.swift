/// Cuts a stream of bytes into lines without keeping more than one of them.
struct LineSplitter {
  /// A line without its end.
  struct Line {
    var bytes: Bytes
    /// Where it starts in the input.
    var offset: Int
    /// Whether a line feed ended it: the last line of an input may have none.
    var isTerminated = true
    /// Whether the line was longer than the limit, and only its start is here.
    var isShortened = false
  }

  private let limit: Int
  private var pending: [UInt8] = []
  private var pendingOffset = 0
  private var isShortened = false
  private var offset = 0

  init(limit: Int) { self.limit = limit }

  /// Takes the next bytes of the input and hands on the lines that end in them.
  mutating func feed(_ chunk: Bytes, _ take: (Line) -> Void) {
    var start = 0
    while let end = chunk.offset(of: .newline, from: start) {
      if pending.isEmpty, !isShortened {
        let isShortened = end - start > limit
        let line = chunk.slice(start..<(isShortened ? start + limit : end))
        take(Line(bytes: Self.content(line), offset: offset, isShortened: isShortened))
      } else {
        keep(chunk.slice(start..<end))
        handOn(isTerminated: true, take)
      }
      offset += end + 1 - start
      start = end + 1
    }
    guard start < chunk.count else { return }
    if pending.isEmpty, !isShortened { pendingOffset = offset }
    keep(chunk.from(start))
    offset += chunk.count - start
  }

  /// The input is over: hands on what stands behind the last line feed.
  mutating func finish(_ take: (Line) -> Void) {
    if !pending.isEmpty { handOn(isTerminated: false, take) }
  }

  private mutating func keep(_ bytes: Bytes) {
    let room = limit - pending.count
    if bytes.count > room { isShortened = true }
    pending.append(contentsOf: bytes.prefix(room))
  }

  private mutating func handOn(isTerminated: Bool, _ take: (Line) -> Void) {
    pending.withUnsafeBufferPointer {
      take(
        Line(
          bytes: Self.content($0), offset: pendingOffset, isTerminated: isTerminated,
          isShortened: isShortened))
    }
    // An ordinary line's storage is worth keeping, a giant's is not.
    pending.removeAll(keepingCapacity: pending.count < 1 << 16)
    isShortened = false
  }

  private static func content(_ line: Bytes) -> Bytes {
    line.last == 0x0D ? line.slice(0..<line.count - 1) : line
  }
}

/// What becomes of a log's lines, one kind of log each.
protocol LineTaker {
  mutating func take(_ line: LineSplitter.Line, _ events: inout [LogEvent])
  mutating func finish(_ events: inout [LogEvent])
}

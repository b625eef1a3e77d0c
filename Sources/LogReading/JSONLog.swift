import JSONTree

/// Reads jsonlog, and what collectors and clouds export as JSON: an object for each message or for each line,
/// one after the other, in a list, or in a list that is a member of one object.
struct JSONLog: LineTaker {
  private let limit: Int
  private var object: [UInt8] = []
  private var objectOffset = 0
  private var nesting = JSONNesting()
  private var isTooLong = false
  private var lines: TextLog
  /// The start of a line that Docker had to break, and the stream that it stands in.
  private var part: (text: String, stream: String, offset: Int)?

  /// Members that hold the whole export.
  private static let wrappers: [String] = ["events", "entries", "logEvents", "records", "value", "results"]

  init(limit: Int) {
    self.limit = limit
    lines = TextLog(limit: limit)
  }

  mutating func take(_ line: LineSplitter.Line, _ events: inout [LogEvent]) {
    if nesting.depth > 0, line.bytes.first == UInt8(ascii: "{") { abandon(.brokenJSON, &events) }
    if line.isShortened {
      if nesting.depth == 0 { objectOffset = line.offset }
      return abandon(.tooLong(limit: limit), &events)
    }
    if nesting.depth == 0, isWholeObject(line.bytes) {
      return read(line.bytes, at: line.offset, &events)
    }
    walk(line, &events)
    if nesting.isBroken { abandon(line.isTerminated ? .brokenJSON : .endsEarly, &events) }
  }

  mutating func finish(_ events: inout [LogEvent]) {
    if nesting.depth > 0 { abandon(.endsEarly, &events) }
    lines.finish(&events)
  }

  /// One object in one line, as most logs have it: it need not be walked through.
  private func isWholeObject(_ line: Bytes) -> Bool {
    let text = line.trimmed
    return text.first == UInt8(ascii: "{") && (text.hasSuffix("}") || text.hasSuffix("},"))
      && !text.hasSuffix("]}") && !text.hasSuffix("]},")
  }

  private mutating func abandon(_ reason: LogDamage.Reason, _ events: inout [LogEvent]) {
    events.append(.damage(LogDamage(offset: objectOffset, reason: reason)))
    forget()
  }

  private mutating func forget() {
    nesting.reset()
    object.removeAll(keepingCapacity: object.count < 1 << 16)
    isTooLong = false
  }

  // MARK: Objects over several lines

  private mutating func walk(_ line: LineSplitter.Line, _ events: inout [LogEvent]) {
    var (position, start) = (0, 0)
    while let step = nesting.next(in: line.bytes, from: &position) {
      switch step {
      case .begins:
        start = position - 1
        objectOffset = line.offset + start
      case .opensList where isWrapper(line.bytes.slice(start..<position)):
        forget()
        start = position
      case .opensList: break
      case .ends:
        keep(line.bytes.slice(start..<position))
        end(&events)
        start = position
      }
    }
    if nesting.depth > 0 {
      keep(line.bytes.from(start))
      if !isTooLong { object.append(.newline) }
    }
  }

  private mutating func keep(_ bytes: Bytes) {
    isTooLong = isTooLong || object.count + bytes.count > limit
    if isTooLong { object = [] } else { object.append(contentsOf: bytes) }
  }

  private mutating func end(_ events: inout [LogEvent]) {
    if isTooLong { return abandon(.tooLong(limit: limit), &events) }
    let bytes = object
    bytes.withUnsafeBufferPointer { read($0, at: objectOffset, &events) }
    forget()
  }

  /// Whether nothing but `{ "events": [` was seen of the object.
  private func isWrapper(_ end: Bytes) -> Bool {
    guard object.count + end.count < 200 else { return false }
    let text = String(decoding: object + end, as: UTF8.self).filter { !$0.isWhitespace }
    return Self.wrappers.contains { text == "{\"\($0)\":[" }
  }

  // MARK: One object

  private mutating func read(_ bytes: Bytes, at offset: Int, _ events: inout [LogEvent]) {
    // Most objects are about something else.
    let mayHoldPlan = bytes.contains("plan:") || bytes.contains("(cost=")
    guard lines.isWaiting || part != nil || mayHoldPlan else { return }
    guard let tree = try? JSONTree(bytes) else {
      events.append(.damage(LogDamage(offset: offset, reason: .brokenJSON)))
      return
    }
    let record = LogRecord(tree.root)
    if let message = record.message, record.hasFields {
      let event = LogEvent(message: Array(message.utf8), offset: offset, origin: record.origin)
      if let event { events.append(event) }
    } else if let (text, offset) = whole(record, at: offset) {
      MessageLines.forEach(Array(text.utf8), offset: offset) { line in
        lines.take(line, stream: record.stream, origin: record.origin, &events)
      }
    }
  }

  /// The message with what earlier objects have of its line; `nil` as long as the line goes on.
  private mutating func whole(_ record: LogRecord, at offset: Int) -> (text: String, offset: Int)? {
    guard let text = record.message else { return nil }
    guard let stream = record.dockerStream, part?.stream ?? stream == stream else { return (text, offset) }
    let start = part ?? (text: "", stream: stream, offset: offset)
    let whole = start.text + text
    let goesOn = text.utf8.count >= Self.dockerPart && !text.hasSuffix("\n") && whole.utf8.count < limit
    part = goesOn ? (text: whole, stream: stream, offset: start.offset) : nil
    return goesOn ? nil : (whole, start.offset)
  }

  /// Docker breaks a line behind so many bytes.
  private static let dockerPart = 16 << 10
}

/// Reads a log as a stream: bytes in, entries with plans out.
///
/// Takes what PostgreSQL writes with any `log_destination`, what syslog, journals and clouds make of it, and
/// files of pasted plans. Memory is bounded by the longest entry that is kept, whatever the input holds.
///
///     var reader = LogReader()
///     while let chunk = try source.next() { events += reader.feed(chunk) }
///     events += reader.finish()
public struct LogReader {
  /// Bytes of the longest entry that is kept.
  public static let entryLimit = 8 << 20

  private var head: [UInt8] = []
  private var lines: LineSplitter
  private var taker: (any LineTaker)?
  private let limit: Int

  /// What the input is; `nil` as long as too little of it was seen.
  public private(set) var format: LogFormat?

  /// Whether auto_explain's `Query Text` was seen anywhere.
  public private(set) var mentionsPlans = false

  /// A reader of one input.
  ///
  /// - Parameter entryLimit: bytes of the longest entry that is kept; longer ones are reported as damage.
  public init(entryLimit: Int = Self.entryLimit) {
    limit = entryLimit
    lines = LineSplitter(limit: entryLimit)
  }

  /// Takes the next bytes of the input and returns the entries that end in them.
  public mutating func feed(_ chunk: UnsafeBufferPointer<UInt8>) -> [LogEvent] {
    mentionsPlans = mentionsPlans || chunk.contains("Query Text")
    guard taker == nil else { return pass(chunk) }
    head.append(contentsOf: chunk)
    return recognize(isWhole: false)
  }

  /// The input is over: returns the entries that were open.
  public mutating func finish() -> [LogEvent] {
    var events = taker == nil ? recognize(isWhole: true) : []
    guard var taker else { return events }
    self.taker = nil
    lines.finish { taker.take($0, &events) }
    taker.finish(&events)
    return events
  }

  private mutating func recognize(isWhole: Bool) -> [LogEvent] {
    guard let format = head.withUnsafeBufferPointer({ LogFormat(head: $0, isWhole: isWhole) }) else {
      return []
    }
    self.format = format
    taker = format.taker(limit: limit)
    let start = head
    head = []
    return start.withUnsafeBufferPointer { pass($0) }
  }

  private mutating func pass(_ chunk: Bytes) -> [LogEvent] {
    var events: [LogEvent] = []
    guard var taker else { return events }
    // Moved out and back, so that there is one owner while lines are taken.
    self.taker = nil
    lines.feed(chunk) { taker.take($0, &events) }
    self.taker = taker
    return events
  }
}

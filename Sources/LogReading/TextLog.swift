/// Reads the lines of stderr's form, of syslog, and of what carries such lines.
///
/// A message's first line has the prefix, whatever it is made of; its further lines start with a tab. Where
/// lines of several processes stand among each other, each has something that tells whose it is.
struct TextLog: LineTaker {
  /// Entries that are open at the same time; with more, the oldest is over.
  private static let mostOpen = 64

  private let limit: Int
  private var open: [OpenEntry] = []
  private var parts = ContainerParts()
  /// Whether a line that only starts with a tab belongs to the entry that was opened last.
  private var tabsBelongToLast = false
  private var bytesOpen: Int { open.reduce(0) { $0 + $1.body.count } }

  init(limit: Int) { self.limit = limit }

  /// Whether an entry is open.
  var isWaiting: Bool { !open.isEmpty }

  mutating func take(_ line: LineSplitter.Line, _ events: inout [LogEvent]) {
    guard let container = parts.concerns(line.bytes) else { return takeWhole(line, &events) }
    // Moved out and back, so that there is one owner while lines are taken.
    var parts = parts
    self.parts = ContainerParts()
    parts.take(line, container, limit: limit) { takeWhole($0, &events) }
    self.parts = parts
  }

  private mutating func takeWhole(_ line: LineSplitter.Line, _ events: inout [LogEvent]) {
    take(line, stream: [], origin: LogOrigin(), &events)
  }

  /// Takes a line of one of several streams.
  ///
  /// - Parameter origin: what the carrier tells of the line beside its text.
  mutating func take(
    _ line: LineSplitter.Line, stream: [UInt8], origin: LogOrigin, _ events: inout [LogEvent]
  ) {
    if let mark = PlanMark(line.bytes) {
      begin(mark, line, stream: stream, origin: origin, &events)
    } else if !open.isEmpty {
      pass(line, stream: stream, &events)
    } else if line.bytes.first == .tab, LogLine.beginsPlan(line.bytes) {
      events.append(.damage(LogDamage(offset: line.offset, reason: .headless)))
    }
    if !line.isTerminated { close(isCutOff: true, &events) { _ in true } }
  }

  mutating func finish(_ events: inout [LogEvent]) {
    var parts = parts
    self.parts = ContainerParts()
    parts.finish { takeWhole($0, &events) }
    close(&events) { _ in true }
  }

  private mutating func begin(
    _ mark: PlanMark, _ line: LineSplitter.Line, stream: [UInt8], origin: LogOrigin,
    _ events: inout [LogEvent]
  ) {
    let entry = OpenEntry(mark, line.bytes, offset: line.offset, stream: stream, origin: origin)
    closeOthers(line.bytes, syslog: entry.syslog, stream: stream, &events)
    if open.count >= Self.mostOpen { close(at: 0, &events) }
    while open.count > 1, bytesOpen > limit { close(at: 0, &events) }
    open.append(entry)
    tabsBelongToLast = true
  }

  // MARK: Lines after the first

  private mutating func pass(_ line: LineSplitter.Line, stream: [UInt8], _ events: inout [LogEvent]) {
    let text = line.bytes
    if line.isShortened, let last = open.indices.last(where: { open[$0].stream == stream }) {
      open[last].take(text, as: open[last].form, limit: 0)
    } else if text.first?.isBlank ?? true, !LogLine.hasSeverity(text) {
      takeIndented(text, stream: stream)
    } else if !takeSyslog(text, stream: stream), !takeCarried(text, stream: stream),
      !takeBare(text, stream: stream)
    {
      closeOthers(text, syslog: SyslogMark(text), stream: stream, &events)
    }
  }

  private mutating func takeIndented(_ text: Bytes, stream: [UInt8]) {
    guard tabsBelongToLast, let last = open.indices.last(where: { open[$0].stream == stream }) else { return }
    if text.isBlank, text.first != .tab, open[last].form != .bare { return open[last].takeBlank() }
    if open[last].form == .bare { return open[last].take(text, as: .bare, limit: limit) }
    open[last].takeIndented(text, limit: limit)
  }

  private mutating func takeSyslog(_ text: Bytes, stream: [UInt8]) -> Bool {
    guard let mark = SyslogMark(text), mark.part > 1 else { return false }
    let owner = open.indices.last {
      open[$0].stream == stream && open[$0].syslog.map(mark.isSameMessage) ?? false
    }
    // Lines of a message that is not asked for are nobody's.
    guard let owner else { return true }
    if let tab = LineTab.length(in: text, at: mark.textStart) {
      let rest = text.from(mark.textStart + tab)
      guard rest.contains("#011") else {
        open[owner].take(rest, as: .syslog, limit: limit)
        return true
      }
      Self.withoutEscapes(rest).withUnsafeBufferPointer { open[owner].take($0, as: .syslog, limit: limit) }
    } else {
      open[owner].takeRest(text.from(mark.textStart), limit: limit)
    }
    return true
  }

  private static func withoutEscapes(_ text: Bytes) -> [UInt8] {
    var (result, position): ([UInt8], Int) = ([], 0)
    while let escape = text.offset(of: "#011", from: position) {
      result += text.slice(position..<escape)
      result.append(.tab)
      position = escape + 4
    }
    return result + text.from(position)
  }

  private mutating func takeCarried(_ text: Bytes, stream: [UInt8]) -> Bool {
    guard let tab = LineTab.first(in: text) else { return false }
    for index in open.indices.reversed() where open[index].stream == stream {
      let words = open[index].prefix.withUnsafeBufferPointer {
        CarrierWords.count(in: text, before: tab.offset, of: $0)
      }
      guard let words else { continue }
      open[index].take(text.from(tab.offset + tab.length), as: .carried(words: words), limit: limit)
      return true
    }
    return false
  }

  /// A client prints messages without tabs; then nothing but the next message ends one.
  private mutating func takeBare(_ text: Bytes, stream: [UInt8]) -> Bool {
    guard tabsBelongToLast, let last = open.indices.last(where: { open[$0].stream == stream }) else {
      return false
    }
    switch open[last].form {
    case .fresh where AutoExplainBody.startsLike(text): break
    case .bare where !LogLine.hasSeverity(text): break
    default: return false
    }
    open[last].take(text, as: .bare, limit: limit)
    return true
  }

  // MARK: Ends

  /// Closes what a line that starts a message shows to be over.
  private mutating func closeOthers(
    _ line: Bytes, syslog: SyslogMark?, stream: [UInt8], _ events: inout [LogEvent]
  ) {
    tabsBelongToLast = false
    close(&events) { entry in
      guard entry.stream == stream else { return false }
      switch entry.form {
      case .indented, .bare: return true
      case .syslog: return syslog?.processID == entry.syslog?.processID
      case .fresh: return syslog != nil && syslog?.processID == entry.syslog?.processID
      case .carried(let words):
        return entry.prefix.withUnsafeBufferPointer { CarrierWords.haveSame(line, $0, words: words) }
      }
    }
  }

  private mutating func close(
    isCutOff: Bool = false, _ events: inout [LogEvent], where isOver: (OpenEntry) -> Bool
  ) {
    let over = open.filter(isOver)
    guard !over.isEmpty else { return }
    open.removeAll(where: isOver)
    for (index, entry) in over.enumerated() {
      let isLast = index == over.count - 1
      events.append(entry.event(isCutOff: isCutOff && isLast, limit: limit))
    }
  }

  private mutating func close(at index: Int, _ events: inout [LogEvent]) {
    events.append(open.remove(at: index).event(isCutOff: false, limit: limit))
  }
}

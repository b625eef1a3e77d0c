/// An entry of a text log whose lines are still coming.
struct OpenEntry {
  /// How the lines after the first are known to belong to it.
  enum Form: Equatable {
    /// No second line has come yet.
    case fresh
    /// By the tab, or blanks, with which they start.
    case indented
    /// By what a log's carrier put before each of them: that many words, then a tab.
    case carried(words: Int)
    /// By syslog's `[5-2]`.
    case syslog
    /// By nothing: the message of a client, which has no tabs. It ends where another message starts.
    case bare
  }

  let offset: Int
  let duration: Double
  /// What stands before the duration.
  let prefix: [UInt8]
  /// Syslog's numbers in the first line, or what looks like them.
  let syslog: SyslogMark?
  /// Names the stream that the lines come from, where the log has several.
  let stream: [UInt8]
  /// What the carrier tells of the entry.
  private let origin: LogOrigin
  private(set) var body: [UInt8] = []
  private(set) var form = Form.fresh
  private(set) var isTooLong = false
  private var blankLines = 0
  /// How many blanks stand in the place of the tab, where a web page or a console was copied.
  private var blanksForTab: Int?

  init(_ mark: PlanMark, _ line: Bytes, offset: Int, stream: [UInt8], origin: LogOrigin) {
    self.origin = origin
    self.offset = offset
    duration = mark.duration
    prefix = Array(line.slice(0..<mark.start))
    syslog = SyslogMark(line)
    self.stream = stream
  }

  /// Takes a line of the message.
  mutating func take(_ text: Bytes, as form: Form, limit: Int) {
    self.form = form
    for _ in 0..<blankLines { append(Bytes(start: nil, count: 0), limit: limit) }
    blankLines = 0
    append(text, limit: limit)
  }

  /// Takes a line that starts with a tab, or with the blanks that somebody made of it.
  mutating func takeIndented(_ text: Bytes, limit: Int) {
    guard text.first != .tab else { return take(text.from(1), as: .indented, limit: limit) }
    let blanks = text.prefix(while: \.isBlank).count
    let known = blanksForTab ?? blanks
    blanksForTab = known
    take(text.from(min(blanks, known)), as: .indented, limit: limit)
  }

  /// Takes the rest of a line that syslog had to break.
  mutating func takeRest(_ text: Bytes, limit: Int) {
    form = .syslog
    if body.last == .newline { body.removeLast() }
    append(text, limit: limit)
  }

  /// A line that lost its tab, if the message goes on below it.
  mutating func takeBlank() { blankLines += 1 }

  private mutating func append(_ text: Bytes, limit: Int) {
    guard body.count + text.count < limit else {
      isTooLong = true
      body = []
      return
    }
    guard !isTooLong else { return }
    body.append(contentsOf: text)
    body.append(.newline)
  }

  /// What has become of it.
  func event(isCutOff: Bool, limit: Int) -> LogEvent {
    if isTooLong { return .damage(LogDamage(offset: offset, reason: .tooLong(limit: limit))) }
    if body.isEmpty { return .damage(LogDamage(offset: offset, reason: .endsEarly)) }
    let carried = if case .carried(let words) = form { words } else { 0 }
    let shown = prefix.withUnsafeBufferPointer { LinePrefix($0, carrierWords: carried).origin }
    return .plan(
      LoggedPlan(
        offset: offset, origin: origin.corrected(by: shown), duration: duration, body: body,
        isCutOff: isCutOff))
  }
}

extension LogOrigin {
  /// What the message's own prefix tells stands for what its carrier tells.
  fileprivate func corrected(by other: LogOrigin) -> LogOrigin {
    LogOrigin(
      time: other.time ?? time, processID: other.processID ?? processID, user: other.user ?? user,
      database: other.database ?? database, queryIdentifier: other.queryIdentifier ?? queryIdentifier)
  }
}

/// What an input is, as its first bytes tell; names are not asked.
public enum LogFormat: String, Sendable, Equatable {
  /// Lines with a prefix: stderr's form, syslog, or what passes such lines on.
  case text
  /// Comma-separated values: csvlog, or an export with a header.
  case csv
  /// JSON objects: jsonlog, or an export in which objects hold lines.
  case json
  /// No log: plans, one or many.
  case plans

  /// How much of an input is looked at before it is taken for plans.
  private static let mostBytes = 1 << 16
  /// How much shows whether an object of JSON is a plan or the entry of a log.
  private static let objectBytes = 1 << 12

  /// What an input is that starts like this; `nil` as long as that is open.
  ///
  /// - Parameter isWhole: there is no more of it.
  init?(head: Bytes, isWhole: Bool) {
    // Not more than that, however much came at once: the answer shall not depend on it.
    let head = head.slice(0..<min(head.count, Self.mostBytes))
    let text = head.hasPrefix("\u{FEFF}") ? head.from(3) : head
    let firstEnd = text.offset(of: .newline)
    let firstLine = text.slice(0..<(firstEnd ?? text.count)).trimmed
    let isEnough = isWhole || head.count >= Self.mostBytes
    if Self.isJSON(text), !Self.hasMessageBehindObject(firstLine) {
      guard isEnough || head.count >= Self.objectBytes else { return nil }
      self = Self.hasOwnPlan(text.slice(0..<min(text.count, Self.objectBytes))) ? .plans : .json
    } else if firstEnd != nil || isEnough, CSVLog.startsRecord(firstLine) || ExportHeader(firstLine) != nil {
      self = .csv
    } else if Self.hasLogLine(isEnough ? text : text.slice(0..<(text.lastIndex(of: .newline) ?? 0))) {
      self = .text
    } else if isEnough {
      self = .plans
    } else {
      return nil
    }
  }

  func taker(limit: Int) -> any LineTaker {
    switch self {
    case .text: TextLog(limit: limit)
    case .csv: CSVLog(limit: limit)
    case .json: JSONLog(limit: limit)
    case .plans: PastedPlans(limit: limit)
    }
  }

  /// An object, or a list of objects, or of such lists.
  private static func isJSON(_ text: Bytes) -> Bool {
    var rest = text.drop { $0.isBlank || $0 == .newline }
    while rest.first == UInt8(ascii: "[") { rest = rest.dropFirst().drop { $0.isBlank || $0 == .newline } }
    guard rest.first == UInt8(ascii: "{") else { return false }
    return rest.dropFirst().first { !$0.isBlank && $0 != .newline } == .quote
  }

  /// Whether the line is a prefix that was made to look like JSON.
  private static func hasMessageBehindObject(_ line: Bytes) -> Bool {
    var (nesting, position) = (JSONNesting(), 0)
    while let step = nesting.next(in: line, from: &position) {
      guard case .ends = step else { continue }
      let rest = line.from(position)
      return rest.trimmed.first?.isLetter == true && LogLine.hasSeverity(rest)
    }
    return false
  }

  /// A plan's own key: inside a message its quotes have backslashes.
  private static func hasOwnPlan(_ text: Bytes) -> Bool {
    text.contains("\"Node Type\"") || text.contains("\"Plan\":")
  }

  private static func hasLogLine(_ text: Bytes) -> Bool {
    var start = 0
    while start < text.count {
      let end = text.offset(of: .newline, from: start) ?? text.count
      let line = text.slice(start..<end)
      if PlanMark(line) != nil || LogLine.hasSeverity(line) { return true }
      start = end + 1
    }
    return false
  }
}

/// Questions about one line of a log.
enum LogLine {
  /// Words before `:  ` in a log line, as `error_severity` and the lines that go with a message have them.
  private static let severities: [StaticString] = [
    "LOG", "ERROR", "FATAL", "PANIC", "WARNING", "NOTICE", "INFO", "DETAIL", "HINT", "CONTEXT", "STATEMENT",
    "DEBUG", "QUERY", "LOCATION",
  ]

  /// Whether a message starts in the line, after whatever prefix.
  static func hasSeverity(_ line: Bytes) -> Bool {
    guard line.first != .tab else { return false }
    var from = 0
    while let colon = line.offset(of: ":  ", from: from) {
      let start = wordStart(in: line, before: colon)
      if severities.contains(where: { isWord($0, in: line, start..<colon) }) { return true }
      from = colon + 1
    }
    return false
  }

  /// Whether the line is the first of a plan in an entry, text or JSON.
  static func beginsPlan(_ line: Bytes) -> Bool {
    line.contains("(cost=") ? !line.contains("->  ") : line.contains("\"Plan\": {")
  }

  private static func wordStart(in line: Bytes, before end: Int) -> Int {
    var start = end
    while start > 0, isUpperOrDigit(line[start - 1]) { start -= 1 }
    return start
  }

  /// `DEBUG1` to `DEBUG5` too.
  private static func isWord(_ word: StaticString, in line: Bytes, _ range: Range<Int>) -> Bool {
    let extra = range.count - word.utf8CodeUnitCount
    return
      (extra == 0
      || extra == 1 && word.utf8Start[0] == UInt8(ascii: "D") && line[range.upperBound - 1].isDigit)
      && line.hasPrefix(word, at: range.lowerBound)
  }

  private static func isUpperOrDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") || byte.isDigit
  }
}

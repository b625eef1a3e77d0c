/// `postgres[1234]: [5-2] `: the numbers that PostgreSQL gives to a message and its lines in syslog.
///
/// A `log_line_prefix` of `[%p]: [%l-1]`, as log analyzers like it, looks like a first line.
struct SyslogMark: Equatable {
  /// The server process; `nil` where a journal keeps it elsewhere.
  let processID: Int?
  let message: Int
  let part: Int
  /// Where the text starts.
  let textStart: Int

  /// How far into a line it may stand: behind a date, a host and a program's name.
  private static let farthest = 300

  init?(_ line: Bytes) {
    if let numbers = Self.numbers(in: line, at: 0) {
      (message, part, textStart) = numbers
      processID = nil
      return
    }
    let start = line.slice(0..<Swift.min(line.count, Self.farthest))
    guard let bracket = start.offset(of: "]: ["), let numbers = Self.numbers(in: line, at: bracket + 3) else {
      return nil
    }
    var digits = bracket
    while digits > 0, line[digits - 1].isDigit { digits -= 1 }
    guard digits > 0, line[digits - 1] == UInt8(ascii: "["), let process = line.number(at: digits) else {
      return nil
    }
    (message, part, textStart) = numbers
    processID = process.value
  }

  private static func numbers(in line: Bytes, at start: Int) -> (Int, Int, Int)? {
    guard line.hasPrefix("[", at: start), let message = line.number(at: start + 1),
      line.hasPrefix("-", at: message.end), let part = line.number(at: message.end + 1),
      line.hasPrefix("] ", at: part.end)
    else { return nil }
    return (message.value, part.value, part.end + 2)
  }

  /// Whether both are lines of one message.
  func isSameMessage(as other: SyslogMark) -> Bool {
    message == other.message && processID == other.processID
  }
}

/// The tab at the start of a message's further lines, in the spellings that carriers have for it.
enum LineTab {
  private static let spellings: [StaticString] = ["\t", "#011", "^I"]

  /// How many bytes it takes at `offset`; `nil` where there is none.
  static func length(in line: Bytes, at offset: Int) -> Int? {
    spellings.first { line.hasPrefix($0, at: offset) }?.utf8CodeUnitCount
  }

  /// Where the first one stands, in its first two spellings.
  static func first(in line: Bytes) -> (offset: Int, length: Int)? {
    let escaped = line.offset(of: "#011").map { (offset: $0, length: 4) }
    let plain = line.offset(of: .tab).map { (offset: $0, length: 1) }
    guard let escaped, let plain else { return escaped ?? plain }
    return plain.offset < escaped.offset ? plain : escaped
  }
}

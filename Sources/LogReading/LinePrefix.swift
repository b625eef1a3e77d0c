/// What can be told from what `log_line_prefix` printed, without knowing the setting.
///
/// Times, process ids in brackets, session ids, `user@database` and `user=…,db=…` speak for themselves; bare
/// words do not, and are left alone: a wrong name is worse than none.
struct LinePrefix {
  private let text: Bytes

  /// - Parameter carrierWords: words at the start that a carrier put there.
  init(_ prefix: Bytes, carrierWords: Int) {
    text = prefix.from(CarrierWords.end(of: carrierWords, in: prefix))
  }

  var origin: LogOrigin {
    let names = names
    return LogOrigin(time: time, processID: processID, user: names.user, database: names.database)
  }

  // MARK: Time

  /// `%m`, `%t` or `%n`; else what syslog puts first.
  private var time: String? {
    for start in text.indices where text[start].isDigit && (start == 0 || !text[start - 1].isDigit) {
      if let end = endOfTime(from: start) { return text.slice(start..<end).text }
    }
    return syslogTime
  }

  private func endOfTime(from start: Int) -> Int? {
    if text.matches("0000000000.000", at: start) { return start + 14 }
    let isDate =
      text.matches("0000-00-00 00:00:00", at: start) || text.matches("0000-00-00T00:00:00", at: start)
    guard isDate else { return nil }
    var end = start + 19
    if end + 1 < text.count, text[end] == UInt8(ascii: ".") || text[end] == UInt8(ascii: ","),
      text[end + 1].isDigit
    {
      end += 1
      while end < text.count, text[end].isDigit { end += 1 }
    }
    return endOfZone(from: end)
  }

  /// `UTC`, `CEST`, `+02`, `-03:30`, `Z`, with or without a blank before it.
  private func endOfZone(from start: Int) -> Int {
    let hasBlank = start < text.count && text[start] == 0x20
    var end = start + (hasBlank ? 1 : 0)
    guard end < text.count else { return start }
    let isOffset =
      text[end] == UInt8(ascii: "+") || text[end] == UInt8(ascii: "-") && text.matches("00", at: end + 1)
    let first = end
    if isOffset { end += 1 }
    while end < text.count, isOffset ? isOffsetByte(text[end]) : isCapital(text[end]) { end += 1 }
    // A word of its own, and a short one: no name of a role.
    let isEnd = end == text.count || !isNameByte(text[end])
    return end > first && end - first <= 6 && isEnd ? end : start
  }

  private func isOffsetByte(_ byte: UInt8) -> Bool { byte.isDigit || byte == UInt8(ascii: ":") }

  private func isCapital(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") }

  /// `Nov 22 21:04:05`
  private var syslogTime: String? {
    for end in [15, 14] where text.count > end && text.matches("00:00:00", at: end - 8) {
      if isCapital(text[0]), text[3] == 0x20 { return text.slice(0..<end).text }
    }
    return nil
  }

  // MARK: Process

  /// `[1234]`, `[1234-1]`, `pid=1234`; else the second part of a session id, `65a1b2c3.4d2`.
  private var processID: Int? {
    var from = 0
    while let bracket = text.offset(of: UInt8(ascii: "["), from: from) {
      if let number = text.number(at: bracket + 1),
        text.hasPrefix("]", at: number.end) || text.hasPrefix("-", at: number.end)
      {
        return number.value
      }
      from = bracket + 1
    }
    for key in ["pid=", "p="] as [StaticString] {
      if let start = behind(key), let number = text.number(at: start) { return number.value }
    }
    return sessionProcess
  }

  private var sessionProcess: Int? {
    var from = 0
    while let dot = text.offset(of: UInt8(ascii: "."), from: from) {
      from = dot + 1
      var (start, end) = (dot, dot + 1)
      while start > 0, text[start - 1].isHexDigit { start -= 1 }
      while end < text.count, text[end].isHexDigit { end += 1 }
      guard dot - start == 8, end > dot + 1, start == 0 || !isNameByte(text[start - 1]) else { continue }
      return Int(text.slice(dot + 1..<end).text, radix: 16)
    }
    return nil
  }

  // MARK: Names

  private var names: (user: String?, database: String?) {
    let user = value(of: ["user=", "usr=", "u="])
    let database = value(of: ["db=", "database=", "dbname=", "d="])
    guard user == nil, database == nil else { return (known(user), known(database)) }
    guard let at = userAtDatabase else { return (nil, nil) }
    return (known(at.user), known(at.database))
  }

  /// What PostgreSQL prints where there is no name.
  private func known(_ name: String?) -> String? {
    name.flatMap { $0.isEmpty || $0 == "[unknown]" ? nil : $0 }
  }

  private func value(of keys: [StaticString]) -> String? {
    for key in keys {
      guard let start = behind(key) else { continue }
      var end = start
      if text.hasPrefix("[unknown]", at: start) { return nil }
      while end < text.count, !endsValue(text[end]) { end += 1 }
      return text.slice(start..<end).text
    }
    return nil
  }

  /// Behind a key that stands at the start of a word.
  private func behind(_ key: StaticString) -> Int? {
    var from = 0
    while let at = text.offset(of: key, from: from) {
      if at == 0 || !isNameByte(text[at - 1]) { return at + key.utf8CodeUnitCount }
      from = at + 1
    }
    return nil
  }

  private var userAtDatabase: (user: String, database: String)? {
    guard let at = text.offset(of: UInt8(ascii: "@")) else { return nil }
    var (start, end) = (at, at + 1)
    while start > 0, !endsName(text[start - 1]) { start -= 1 }
    while end < text.count, !endsName(text[end]) { end += 1 }
    guard start < at else { return nil }
    // Brackets may be part of the prefix, and of `[unknown]`.
    let user = unbracketed(text.slice(start..<at))
    let database = unbracketed(text.slice(at + 1..<end))
    return (user, database)
  }

  private func unbracketed(_ name: Bytes) -> String {
    if name.contains("unknown") { return "" }
    var name = name
    while let first = name.first, first == UInt8(ascii: "[") || first == UInt8(ascii: "(") {
      name = name.from(1)
    }
    while let last = name.last, last == UInt8(ascii: "]") || last == UInt8(ascii: ")") {
      name = name.slice(0..<name.count - 1)
    }
    return name.text
  }

  private func endsName(_ byte: UInt8) -> Bool {
    byte.isBlank || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";")
      || byte == UInt8(ascii: "|")
  }

  private func endsValue(_ byte: UInt8) -> Bool {
    endsName(byte) || byte == UInt8(ascii: "]") || byte == UInt8(ascii: ")")
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte.isDigit || byte == UInt8(ascii: "_") || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
  }
}

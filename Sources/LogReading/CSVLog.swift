/// Reads csvlog, and exports in CSV whose header names the column with the messages.
///
/// All releases have the message in the fourteenth column; later ones only add columns behind it.
struct CSVLog: LineTaker {
  private enum Column {
    static let time = 0
    static let user = 1
    static let database = 2
    static let process = 3
    static let message = 13
    static let queryIdentifier = 25
  }

  private let limit: Int
  private var record: [UInt8] = []
  private var recordOffset = 0
  /// Whether a quoted field goes on in the next line.
  private var isOpen = false
  private var isWanted = false
  private var isTooLong = false
  /// Whether a record that is not wanted holds a plan nevertheless.
  private var isHeadless = false
  private var header: ExportHeader?
  private var isFirstLine = true
  private var exported: TextLog

  init(limit: Int) {
    self.limit = limit
    exported = TextLog(limit: limit)
  }

  /// Whether a line begins as csvlog's records do. Inside a field a quote would be doubled, so that no text
  /// of a statement passes for a record.
  static func startsRecord(_ line: Bytes) -> Bool {
    guard line.matches("0000-00-00 00:00:00.000 ") else { return false }
    guard let comma = line.slice(0..<min(line.count, 40)).offset(of: UInt8(ascii: ",")) else { return false }
    if line.hasPrefix("\"", at: comma + 1) { return !line.hasPrefix("\"\"", at: comma + 1) }
    guard line.hasPrefix(",,", at: comma), let process = line.number(at: comma + 3) else { return false }
    return line.hasPrefix(",", at: process.end)
  }

  mutating func take(_ line: LineSplitter.Line, _ events: inout [LogEvent]) {
    if isFirstLine {
      isFirstLine = false
      header = ExportHeader(line.bytes)
      if header != nil { return }
    }
    if isOpen, header == nil, Self.startsRecord(line.bytes) { abandon(.brokenCSV, &events) }
    if !isOpen { start(line) }
    if line.bytes.count(of: .quote) % 2 == 1 { isOpen.toggle() }
    keep(line)
    if isOpen, !line.isTerminated { return abandon(.endsEarly, &events) }
    if !isOpen { end(&events) }
  }

  mutating func finish(_ events: inout [LogEvent]) {
    if isOpen { abandon(.endsEarly, &events) }
    exported.finish(&events)
  }

  private mutating func start(_ line: LineSplitter.Line) {
    recordOffset = line.offset
    isWanted = header != nil || PlanMark.ends(line.bytes)
    (isTooLong, isHeadless) = (false, false)
    record.removeAll(keepingCapacity: record.count < 1 << 16)
  }

  private mutating func keep(_ line: LineSplitter.Line) {
    guard isWanted else { return isHeadless = isHeadless || LogLine.beginsPlan(line.bytes) }
    guard !isTooLong else { return }
    isTooLong = line.isShortened || record.count + line.bytes.count >= limit
    if isTooLong { return record = [] }
    record.append(contentsOf: line.bytes)
    record.append(.newline)
  }

  private mutating func abandon(_ reason: LogDamage.Reason, _ events: inout [LogEvent]) {
    isOpen = false
    events.append(.damage(LogDamage(offset: recordOffset, reason: reason)))
  }

  private mutating func end(_ events: inout [LogEvent]) {
    guard isWanted else {
      if isHeadless { events.append(.damage(LogDamage(offset: recordOffset, reason: .headless))) }
      return
    }
    guard !isTooLong else {
      events.append(.damage(LogDamage(offset: recordOffset, reason: .tooLong(limit: limit))))
      return
    }
    let fields = record.withUnsafeBufferPointer { CSVRecord.fields(of: $0) }
    if let header {
      take(exported: fields, header, &events)
    } else if fields.count > Column.message {
      take(fields, &events)
    } else {
      events.append(.damage(LogDamage(offset: recordOffset, reason: .brokenCSV)))
    }
  }

  private mutating func take(_ fields: [[UInt8]], _ events: inout [LogEvent]) {
    let text = { (column: Int) -> String? in
      guard column < fields.count, !fields[column].isEmpty else { return nil }
      return String(decoding: fields[column], as: UTF8.self)
    }
    let queryIdentifier = text(Column.queryIdentifier)
    let origin = LogOrigin(
      time: text(Column.time), processID: text(Column.process).flatMap { Int($0) }, user: text(Column.user),
      database: text(Column.database), queryIdentifier: queryIdentifier == "0" ? nil : queryIdentifier)
    let event = LogEvent(message: fields[Column.message], offset: recordOffset, origin: origin)
    if let event { events.append(event) }
  }

  private mutating func take(
    exported fields: [[UInt8]], _ header: ExportHeader, _ events: inout [LogEvent]
  ) {
    guard header.message < fields.count else { return }
    MessageLines.forEach(fields[header.message], offset: recordOffset) { line in
      exported.take(line, &events)
    }
  }
}

extension PlanMark {
  /// Whether a line ends as the first line of an entry does, whatever stands before.
  static func ends(_ line: Bytes) -> Bool { line.hasSuffix(" ms  plan:") }
}

/// The first line of an export in CSV: names of columns, one of which holds the messages.
struct ExportHeader {
  /// Which column.
  let message: Int

  private static let names = ["@message", "message", "textpayload", "line", "log", "content"]

  init?(_ line: Bytes) {
    guard line.count < 4_096, !CSVLog.startsRecord(line), !line.contains(":  ") else { return nil }
    let fields = CSVRecord.fields(of: line).map { String(decoding: $0, as: UTF8.self).lowercased() }
    guard fields.count > 1 || fields.first == "@message",
      let message = fields.firstIndex(where: { Self.names.contains($0) })
    else { return nil }
    self.message = message
  }
}

/// One record of comma-separated values.
enum CSVRecord {
  /// Its fields, without their quotes.
  static func fields(of record: Bytes) -> [[UInt8]] {
    var fields: [[UInt8]] = []
    var position = 0
    let end = record.last == .newline ? record.count - 1 : record.count
    while position <= end {
      fields.append(field(of: record, from: &position, end: end))
      position += 1
    }
    return fields
  }

  /// Leaves `position` at the comma behind the field.
  private static func field(of record: Bytes, from position: inout Int, end: Int) -> [UInt8] {
    guard position < end, record[position] == .quote else {
      let start = position
      position = min(record.offset(of: UInt8(ascii: ","), from: start) ?? end, end)
      return Array(record.slice(start..<position))
    }
    var field: [UInt8] = []
    position += 1
    while let quote = record.offset(of: .quote, from: position) {
      field += record.slice(position..<quote)
      position = quote + 1
      guard position < end, record[position] == .quote else { break }
      field.append(.quote)
      position += 1
    }
    position = min(record.offset(of: UInt8(ascii: ","), from: position) ?? end, end)
    return field
  }
}

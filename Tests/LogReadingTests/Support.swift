@testable import LogReading

/// Logs of one small plan in many dresses, and what a reader makes of them.
enum Log {
  static let statement = "SELECT *\n\tFROM t\nWHERE name = 'a'"

  static let plan = """
    Seq Scan on t  (cost=0.00..1.00 rows=1 width=4) (actual time=0.010..0.020 rows=1 loops=1)
      Filter: (name = 'a'::text)
    """

  /// What auto_explain logs, from the duration on.
  static let message = "duration: 12.345 ms  plan:\n" + body
  static let body = "Query Text: \(statement)\n\(plan)"

  /// In stderr's form: a prefix, and a tab before each further line.
  static func entry(_ prefix: String, severity: String = "LOG", message: String = message) -> String {
    "\(prefix)\(severity):  " + message.replacing("\n", with: "\n\t") + "\n"
  }

  /// Reads a log in one piece.
  static func events(_ text: String, entryLimit: Int = LogReader.entryLimit) -> [LogEvent] {
    events(Array(text.utf8), pieces: Int.max, entryLimit: entryLimit)
  }

  /// Reads a log in pieces of a size.
  static func events(
    _ bytes: [UInt8], pieces size: Int, entryLimit: Int = LogReader.entryLimit
  ) -> [LogEvent] {
    var reader = LogReader(entryLimit: entryLimit)
    var events: [LogEvent] = []
    var start = 0
    while start < bytes.count {
      let end = size < bytes.count - start ? start + size : bytes.count
      events += Array(bytes[start..<end]).withUnsafeBufferPointer { reader.feed($0) }
      start = end
    }
    return events + reader.finish()
  }

  static func plans(_ text: String) -> [LoggedPlan] { events(text).compactMap(\.plan) }
}

extension LogEvent {
  var plan: LoggedPlan? { if case .plan(let plan) = self { plan } else { nil } }
  var damage: LogDamage? { if case .damage(let damage) = self { damage } else { nil } }
}

extension LoggedPlan {
  /// The body without the line feeds at its end.
  var text: String {
    var text = String(decoding: body, as: UTF8.self)
    while text.hasSuffix("\n") { text.removeLast() }
    return text
  }
}

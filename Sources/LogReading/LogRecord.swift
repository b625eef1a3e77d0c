import JSONTree

/// One object of a log in JSON: PostgreSQL's own, or one in which somebody put a line or a message.
struct LogRecord {
  private let object: JSONValue

  init(_ object: JSONValue) {
    // Operators for Kubernetes put csvlog's columns into an object of their own; Azure puts the line there.
    self.object =
      ["record", "jsonPayload", "properties"].lazy.compactMap { object[$0] }.first { $0.kind == .object }
      ?? object
    outer = object
  }

  private let outer: JSONValue

  /// Whether the server's fields stand beside the message, which then has no prefix.
  var hasFields: Bool { object["error_severity"] != nil || object["session_id"] != nil }

  /// The message, or the line.
  var message: String? {
    let names = ["message", "textPayload", "log", "MESSAGE", "@message", "line", "msg", "body"]
    return names.lazy.compactMap { object[$0]?.string ?? outer[$0]?.string }.first
  }

  /// `stdout` or `stderr` in an object that Docker wrote for a line, or for a part of one.
  var dockerStream: String? { outer["log"]?.string == nil ? nil : outer["stream"]?.string }

  /// What tells lines of several servers or processes from each other.
  var stream: [UInt8] {
    let names = ["_PID", "logStreamName", "stream_id", "container_id", "pod", "insertStream"]
    let name = names.lazy.compactMap { outer[$0]?.string }.first ?? dockerStream
    return name.map { Array($0.utf8) } ?? []
  }

  var origin: LogOrigin {
    let queryIdentifier = text(["query_id"])
    return LogOrigin(
      time: text(["timestamp", "log_time", "time", "@timestamp", "ts"]),
      processID: number(["pid", "process_id", "_PID"]),
      user: text(["user", "user_name"]), database: text(["dbname", "database_name"]),
      queryIdentifier: queryIdentifier == "0" ? nil : queryIdentifier)
  }

  private func text(_ names: [String]) -> String? {
    for name in names {
      guard let value = object[name] ?? outer[name] else { continue }
      if let text = value.string ?? value.numberText, !text.isEmpty { return text }
    }
    return nil
  }

  private func number(_ names: [String]) -> Int? { text(names).flatMap { Int($0) } }
}

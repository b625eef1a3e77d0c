extension LogEvent {
  /// The message of a log that has a field of its own for it; `nil` where it is about something else.
  init?(message: [UInt8], offset: Int, origin: LogOrigin) {
    let event = message.withUnsafeBufferPointer { text -> LogEvent? in
      let end = text.offset(of: .newline) ?? text.count
      if text.hasPrefix("duration: "), let mark = PlanMark(text.slice(0..<end)) {
        // The field has the message's last line without its end.
        let rest = text.from(end + 1)
        let body = Array(rest) + (rest.last == .newline ? [] : [.newline])
        return .plan(LoggedPlan(offset: offset, origin: origin, duration: mark.duration, body: body))
      }
      let isEntry = text.contains("\nQuery Text: ") && text.contains("(cost=")
      return isEntry ? .damage(LogDamage(offset: offset, reason: .headless)) : nil
    }
    guard let event else { return nil }
    self = event
  }
}

/// The lines of a message that a carrier holds as a value of its own.
enum MessageLines {
  static func forEach(_ message: [UInt8], offset: Int, _ take: (LineSplitter.Line) -> Void) {
    message.withUnsafeBufferPointer { text in
      var start = 0
      while start < text.count {
        let end = text.offset(of: .newline, from: start) ?? text.count
        let content = text.slice(start..<end)
        let line = content.last == 0x0D ? content.slice(0..<content.count - 1) : content
        take(LineSplitter.Line(bytes: line, offset: offset))
        start = end + 1
      }
    }
  }
}

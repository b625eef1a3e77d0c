extension LoggedPlan {
  /// The message of a log that has a field of its own for it; `nil` where it is about something else.
  init?(message: [UInt8], offset: Int, origin: LogOrigin) {
    let found = message.withUnsafeBufferPointer { text -> (duration: Double, body: [UInt8])? in
      guard text.hasPrefix("duration: "), let end = text.offset(of: .newline),
        let mark = PlanMark(text.slice(0..<end))
      else { return nil }
      return (mark.duration, Array(text.from(end + 1)))
    }
    guard let found else { return nil }
    self.init(offset: offset, origin: origin, duration: found.duration, body: found.body)
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

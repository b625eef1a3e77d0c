/// The bytes of a client of PostgreSQL's protocol, cut where it waits for an answer.
///
/// A network that dies may do so in the middle of a pipeline, and a buffer may end in the middle of a word: a
/// test that wants to see what happens after a statement must have the server get all of it.
struct ClientUnits {
  private var buffer: [UInt8] = []
  private var isStarted = false

  /// All that is complete with these bytes: up to the last message that asks for an answer.
  mutating func complete(with bytes: ArraySlice<UInt8>) -> [UInt8] {
    buffer += bytes
    var (position, end) = (0, 0)
    while let length = messageLength(at: position), position + length <= buffer.count {
      let isUnit = !isStarted || Self.unitEnds.contains(buffer[position])
      if !isStarted { isStarted = number(at: position + 4) == Self.protocolVersion }
      position += length
      if isUnit { end = position }
    }
    defer { buffer.removeFirst(end) }
    return Array(buffer[..<end])
  }

  /// Before the start packet messages have no type: requests for encryption, of a cancel, the packet itself.
  private func messageLength(at position: Int) -> Int? {
    let start = isStarted ? position + 1 : position
    guard start + 8 <= buffer.count || isStarted && start + 4 <= buffer.count else { return nil }
    return number(at: start) + (isStarted ? 1 : 0)
  }

  private func number(at position: Int) -> Int {
    buffer[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
  }

  /// 3.0.
  private static let protocolVersion = 3 << 16
  /// Sync, Query, Terminate, a password's message, Flush.
  private static let unitEnds = Set("SQXpH".utf8)
}

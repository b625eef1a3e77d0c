import LogReading
import PlanReading

/// Logs: what is found in them does not depend on how the bytes arrive, and its plans can be read or refused.
enum LogTarget {
  /// Small, so that bounds are met.
  private static let entryLimit = 4_096

  static func read(_ bytes: UnsafeBufferPointer<UInt8>) {
    let whole = events(bytes, pieces: max(1, bytes.count))
    let pieces = events(bytes, pieces: 7)
    precondition(whole == pieces, "other entries in pieces")
    for case .plan(let entry) in whole { _ = try? PlanReader.read(entry.body) }
  }

  private static func events(_ bytes: UnsafeBufferPointer<UInt8>, pieces size: Int) -> [LogEvent] {
    var reader = LogReader(entryLimit: entryLimit)
    var events: [LogEvent] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      let end = min(start + size, bytes.count)
      events += reader.feed(UnsafeBufferPointer(rebasing: bytes[start..<end]))
    }
    return events + reader.finish()
  }
}

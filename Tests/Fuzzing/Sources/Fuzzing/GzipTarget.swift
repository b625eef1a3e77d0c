import Gzip

/// Compressed streams: what comes out does not depend on how the bytes arrive.
enum GzipTarget {
  static func read(_ bytes: UnsafeBufferPointer<UInt8>) {
    let whole = decompressed(bytes, pieces: max(1, bytes.count))
    let pieces = decompressed(bytes, pieces: 3)
    precondition(whole == pieces, "other bytes in pieces")
  }

  /// A few bytes can stand for many; more than this shows nothing new.
  private static let mostBytes = 1 << 22

  private struct IsEnough: Error {}

  /// What comes out before the end or the damage, and whether the stream is whole.
  private static func decompressed(_ bytes: UnsafeBufferPointer<UInt8>, pieces size: Int) -> Result {
    var result = Result()
    guard var reader = try? GzipReader() else { return result }
    do {
      for start in stride(from: 0, to: bytes.count, by: size) {
        let end = min(start + size, bytes.count)
        try reader.feed(UnsafeBufferPointer(rebasing: bytes[start..<end])) { part in
          result.bytes += part
          if result.bytes.count > mostBytes { throw IsEnough() }
        }
      }
      try reader.finish()
      result.isWhole = true
    } catch {
      // A part may be handed on before the damage behind it is seen, or not: only whole streams compare.
      result.bytes = []
    }
    return result
  }

  private struct Result: Equatable {
    var bytes: [UInt8] = []
    var isWhole = false
  }
}

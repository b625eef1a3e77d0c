import ByteReading

/// Part of the input: a view that is valid only while one call of a reader runs.
typealias Bytes = ByteReading.Bytes

/// Walks over a stretch of bytes and takes what it expects.
typealias ByteScanner = ByteReading.ByteScanner

extension Bytes {
  /// Without the mark that some editors put before UTF-8 text.
  var withoutByteOrderMark: Bytes { hasPrefix("\u{FEFF}") ? from(3) : self }

  /// The offset behind the quoted name or literal that opens at `start`; a doubled quote stands for itself.
  func offsetBehindQuotes(from start: Int) -> Int {
    let quote = self[start]
    var at = start + 1
    while let closing = offset(of: quote, from: at) {
      guard closing + 1 < count, self[closing + 1] == quote else { return closing + 1 }
      at = closing + 2
    }
    return count
  }
}

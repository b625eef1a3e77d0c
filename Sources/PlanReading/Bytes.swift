#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A stretch of the text under the reader: a view that is valid only while the reader runs.
typealias Bytes = UnsafeBufferPointer<UInt8>

extension Bytes {
  /// The text, copied out.
  var text: String { String(decoding: self, as: UTF8.self) }

  /// The bytes of `range`, without a copy.
  func slice(_ range: Range<Int>) -> Bytes { Bytes(rebasing: self[range]) }

  /// The bytes from `start` to the end, without a copy.
  func from(_ start: Int) -> Bytes { slice(start..<count) }

  /// Offset of the first such byte at or after `start`.
  func offset(of byte: UInt8, from start: Int = 0) -> Int? {
    guard let base = baseAddress, start < count,
      let found = memchr(base + start, Int32(byte), count - start)
    else { return nil }
    return UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
  }

  /// Offset of the first occurrence of `word` at or after `start`.
  func offset(of word: StaticString, from start: Int = 0) -> Int? {
    let first = word.utf8Start.pointee
    var at = offset(of: first, from: start)
    while let found = at {
      if hasPrefix(word, at: found) { return found }
      at = offset(of: first, from: found + 1)
    }
    return nil
  }

  /// Whether `word` stands at `offset`.
  func hasPrefix(_ word: StaticString, at offset: Int = 0) -> Bool {
    guard let base = baseAddress, offset + word.utf8CodeUnitCount <= count else { return false }
    return memcmp(base + offset, word.utf8Start, word.utf8CodeUnitCount) == 0
  }

  /// Whether `word` stands at the end.
  func hasSuffix(_ word: StaticString) -> Bool {
    count >= word.utf8CodeUnitCount && hasPrefix(word, at: count - word.utf8CodeUnitCount)
  }

  /// Whether this is `word` and nothing else.
  func equals(_ word: StaticString) -> Bool { count == word.utf8CodeUnitCount && hasPrefix(word) }

  /// Without blanks, tabs and carriage returns at both ends.
  var trimmed: Bytes {
    var start = 0
    var end = count
    while start < end, self[start].isBlank { start += 1 }
    while end > start, self[end - 1].isBlank { end -= 1 }
    return slice(start..<end)
  }

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

extension UInt8 {
  /// Blank, tab or carriage return: what may stand around a line's text.
  var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0D }

  /// An ASCII digit.
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }

  /// An ASCII letter, or a byte of another script.
  var isLetter: Bool { (self | 0x20 >= 0x61 && self | 0x20 <= 0x7A) || self >= 0x80 }
}

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Part of the input: a view that is valid only while one call of a reader runs.
typealias Bytes = UnsafeBufferPointer<UInt8>

extension Bytes {
  var text: String { String(decoding: self, as: UTF8.self) }

  func slice(_ range: Range<Int>) -> Bytes { Bytes(rebasing: self[range]) }

  func from(_ start: Int) -> Bytes { slice(Swift.min(start, count)..<count) }

  /// Offset of the first such byte at or after `start`.
  func offset(of byte: UInt8, from start: Int = 0) -> Int? {
    guard let base = baseAddress, start < count, let found = memchr(base + start, Int32(byte), count - start)
    else { return nil }
    return UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
  }

  /// Offset of the first occurrence of `word` at or after `start`: quick where its first byte is rare.
  func offset(of word: StaticString, from start: Int = 0) -> Int? {
    let first = word.utf8Start.pointee
    var next = offset(of: first, from: start)
    while let at = next {
      if hasPrefix(word, at: at) { return at }
      next = offset(of: first, from: at + 1)
    }
    return nil
  }

  func contains(_ word: StaticString) -> Bool { offset(of: word) != nil }

  func hasPrefix(_ word: StaticString, at offset: Int = 0) -> Bool {
    guard let base = baseAddress, offset >= 0, offset + word.utf8CodeUnitCount <= count else { return false }
    return memcmp(base + offset, word.utf8Start, word.utf8CodeUnitCount) == 0
  }

  func hasSuffix(_ word: StaticString) -> Bool { hasPrefix(word, at: count - word.utf8CodeUnitCount) }

  func equals(_ other: Bytes) -> Bool {
    guard count == other.count, let base = baseAddress, let otherBase = other.baseAddress else {
      return count == other.count
    }
    return memcmp(base, otherBase, count) == 0
  }

  /// Whether nothing but blanks is in it.
  var isBlank: Bool { allSatisfy(\.isBlank) }

  /// Without blanks and tabs at both ends.
  var trimmed: Bytes {
    var (start, end) = (0, count)
    while start < end, self[start].isBlank { start += 1 }
    while end > start, self[end - 1].isBlank { end -= 1 }
    return slice(start..<end)
  }

  /// How often a byte occurs.
  func count(of byte: UInt8) -> Int {
    var found = 0
    var next = offset(of: byte)
    while let at = next {
      found += 1
      next = offset(of: byte, from: at + 1)
    }
    return found
  }

  /// The digits at `offset` as a number; `nil` where there are none, or more than any process id has.
  func number(at offset: Int) -> (value: Int, end: Int)? {
    var (value, at) = (0, offset)
    while at < count, self[at].isDigit, at - offset < 12 {
      value = value * 10 + Int(self[at] - 0x30)
      at += 1
    }
    return at > offset ? (value, at) : nil
  }

  /// Whether the bytes at `offset` are like a pattern in which `0` stands for any digit.
  func matches(_ pattern: StaticString, at offset: Int = 0) -> Bool {
    let length = pattern.utf8CodeUnitCount
    guard offset >= 0, offset + length <= count else { return false }
    for index in 0..<length {
      let (expected, found) = (pattern.utf8Start[index], self[offset + index])
      guard expected == UInt8(ascii: "0") ? found.isDigit : expected == found else { return false }
    }
    return true
  }
}

extension UInt8 {
  static let newline = UInt8(ascii: "\n")
  static let tab = UInt8(ascii: "\t")
  static let quote = UInt8(ascii: "\"")

  var isBlank: Bool { self == 0x20 || self == .tab || self == 0x0D }
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  var isHexDigit: Bool { isDigit || (self >= 0x61 && self <= 0x66) }
}

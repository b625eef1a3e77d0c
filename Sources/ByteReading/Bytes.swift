#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A stretch of the text under a reader.
///
/// A view that owns nothing: it is valid only while the call runs that lent it, and no reader keeps one for longer.
/// What outlives the reading is copied out with ``text``.
public typealias Bytes = UnsafeBufferPointer<UInt8>

extension Bytes {
  /// The text, copied out.
  @inlinable public var text: String { String(decoding: self, as: UTF8.self) }

  /// The bytes of `range`, without a copy.
  @inlinable public func slice(_ range: Range<Int>) -> Bytes { Bytes(rebasing: self[range]) }

  /// The bytes from `start` to the end, without a copy; none where `start` lies behind the end.
  @inlinable public func from(_ start: Int) -> Bytes { slice(Swift.min(start, count)..<count) }

  /// Without blanks, tabs and carriage returns at both ends.
  @inlinable public var trimmed: Bytes {
    let start = indentation
    var end = count
    while end > start, self[end - 1].isBlank { end -= 1 }
    return slice(start..<end)
  }

  /// How many blanks, tabs and carriage returns stand in front.
  @inlinable public var indentation: Int {
    var start = 0
    // Hardly ever anything but spaces.
    while start < count, self[start] == 0x20 { start += 1 }
    while start < count, self[start].isBlank { start += 1 }
    return start
  }

  /// Whether there is nothing but blanks, tabs and carriage returns.
  @inlinable public var isBlank: Bool { indentation == count }

  /// Whether every byte is ASCII: without a way out of its loop this is many times quicker than a search.
  @inlinable public var isASCII: Bool { reduce(0, |) < 0x80 }

  // MARK: Searching

  /// Offset of the first such byte at or after `start`.
  @inlinable public func offset(of byte: UInt8, from start: Int = 0) -> Int? {
    guard let base = baseAddress, start >= 0, start < count,
      let found = memchr(base + start, Int32(byte), count - start)
    else { return nil }
    return UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
  }

  /// Offset of the first occurrence of `word` at or after `start`: quick where its first byte is rare.
  @inlinable public func offset(of word: StaticString, from start: Int = 0) -> Int? {
    let first = word.utf8Start.pointee
    var next = offset(of: first, from: start)
    while let at = next {
      if hasPrefix(word, at: at) { return at }
      next = offset(of: first, from: at + 1)
    }
    return nil
  }

  /// Offset of the last occurrence of `word`.
  @inlinable public func lastOffset(of word: StaticString) -> Int? {
    var (last, next) = (Int?.none, offset(of: word))
    while let at = next { (last, next) = (at, offset(of: word, from: at + 1)) }
    return last
  }

  /// Offset of the last such byte.
  @inlinable public func lastOffset(of byte: UInt8) -> Int? {
    // Forwards it is found sooner that there is none.
    guard let first = offset(of: byte) else { return nil }
    var last = count - 1
    while last > first, self[last] != byte { last -= 1 }
    return last
  }

  /// How often a byte occurs: quick where it is rare.
  @inlinable public func count(of byte: UInt8) -> Int {
    var found = 0
    var next = offset(of: byte)
    while let at = next {
      found += 1
      next = offset(of: byte, from: at + 1)
    }
    return found
  }

  /// Whether `word` occurs anywhere.
  @inlinable public func contains(_ word: StaticString) -> Bool { offset(of: word) != nil }

  // MARK: Comparing

  /// Whether `word` stands at `offset`; `false` for an offset outside.
  @inlinable public func hasPrefix(_ word: StaticString, at offset: Int = 0) -> Bool {
    guard let base = baseAddress, offset >= 0, offset + word.utf8CodeUnitCount <= count else { return false }
    return memcmp(base + offset, word.utf8Start, word.utf8CodeUnitCount) == 0
  }

  /// Whether `word` stands at the end.
  @inlinable public func hasSuffix(_ word: StaticString) -> Bool {
    hasPrefix(word, at: count - word.utf8CodeUnitCount)
  }

  /// Whether this is `word` and nothing else.
  @inlinable public func equals(_ word: StaticString) -> Bool {
    count == word.utf8CodeUnitCount && (count == 0 || hasPrefix(word))
  }

  /// Whether the same bytes stand here and there.
  @inlinable public func equals(_ other: Bytes) -> Bool {
    guard count == other.count, let base = baseAddress, let otherBase = other.baseAddress else {
      return count == other.count
    }
    return memcmp(base, otherBase, count) == 0
  }

  /// A hash of the bytes, eight at a time: for tables of short texts, no secret.
  @inlinable public var contentHash: UInt64 {
    let words = UnsafeRawBufferPointer(self)
    var hash = UInt64(truncatingIfNeeded: count)
    var offset = 0
    while offset + 8 <= count {
      hash = Self.mixed(hash, words.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset += 8
    }
    while offset < count {
      hash = Self.mixed(hash, UInt64(self[offset]))
      offset += 1
    }
    return hash
  }

  @inlinable static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let product = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
    return product ^ product >> 32
  }

  /// Lets a `switch` name the words that it expects.
  @inlinable public static func ~= (word: StaticString, bytes: Bytes) -> Bool { bytes.equals(word) }
}

extension UInt8 {
  /// Blank, tab or carriage return: what may stand around a line's text.
  @inlinable public var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0D }

  /// An ASCII digit.
  @inlinable public var isDigit: Bool { self >= 0x30 && self <= 0x39 }

  /// An ASCII letter, or a byte of another script.
  @inlinable public var isLetter: Bool { (self | 0x20 >= 0x61 && self | 0x20 <= 0x7A) || self >= 0x80 }
}

extension UnsafeMutableBufferPointer<UInt8> {
  /// Copies `bytes` to `offset`, where there must be room for them, and returns how many they are.
  @inlinable public func put(_ bytes: Bytes, at offset: Int) -> Int {
    _ = UnsafeMutableBufferPointer(rebasing: self[offset...]).update(fromContentsOf: bytes)
    return bytes.count
  }
}

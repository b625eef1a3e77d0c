/// Walks over a stretch of bytes and takes what it expects.
public struct ByteScanner {
  /// All of the stretch.
  public let bytes: Bytes
  /// Offset of the byte that comes next.
  public var position = 0

  /// A walk from the first byte on.
  @inlinable public init(_ bytes: Bytes) { self.bytes = bytes }

  /// The byte that comes next; `nil` at the end.
  @inlinable public var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// Whether all was taken.
  @inlinable public var isAtEnd: Bool { position >= bytes.count }

  /// Takes `word`; `false` where something else stands.
  @inlinable public mutating func take(_ word: StaticString) -> Bool {
    guard bytes.hasPrefix(word, at: position) else { return false }
    position += word.utf8CodeUnitCount
    return true
  }

  /// Goes on to the first byte that is no blank.
  @inlinable public mutating func skipBlanks() {
    while let byte = current, byte.isBlank { position += 1 }
  }

  /// Takes all up to the first byte of a kind, which stays.
  @inlinable public mutating func takeUntil(_ isEnd: (UInt8) -> Bool) -> Bytes {
    let start = position
    while let byte = current, !isEnd(byte) { position += 1 }
    return bytes.slice(start..<position)
  }

  /// Takes a number as C prints it. Leaves the second dot of `0.29..8.31` alone.
  @inlinable public mutating func number() -> Double? {
    let start = position
    var mantissa: UInt64 = 0
    takeDigits(&mantissa)
    var decimals = 0
    if isPointOfNumber {
      position += 1
      let point = position
      takeDigits(&mantissa)
      decimals = position - point
    }
    let length = position - start
    // Up to 15 digits fit a Double exactly, so one division rounds as a full conversion would.
    guard length > 0, length <= 15, !isUnusualNumberByte(current) else {
      position = start
      return unusualNumber()
    }
    return decimals == 0 ? Double(mantissa) : Double(mantissa) / Self.powersOfTen[decimals]
  }

  @inlinable mutating func takeDigits(_ number: inout UInt64) {
    var (next, taken) = (position, number)
    while next < bytes.count {
      let digit = bytes[next] &- 0x30
      guard digit < 10 else { break }
      taken = taken &* 10 &+ UInt64(digit)
      next += 1
    }
    (position, number) = (next, taken)
  }

  /// Signs, exponents, `nan`, `inf` and numbers of many digits.
  @usableFromInline mutating func unusualNumber() -> Double? {
    let start = position
    while let byte = current, byte.isDigit || isUnusualNumberByte(byte) || isPointOfNumber { position += 1 }
    guard let value = Double(bytes.slice(start..<position).text) else {
      position = start
      return nil
    }
    return value
  }

  @inlinable var isPointOfNumber: Bool {
    current == 0x2E && position + 1 < bytes.count && bytes[position + 1].isDigit
  }

  @inlinable func isUnusualNumberByte(_ byte: UInt8?) -> Bool {
    switch byte {
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "e"), UInt8(ascii: "E"),
      UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "a"), UInt8(ascii: "i"),
      UInt8(ascii: "I"), UInt8(ascii: "f"):
      true
    default: false
    }
  }

  @usableFromInline static let powersOfTen: [Double] = (0...15).map { exponent in
    (0..<exponent).reduce(1.0) { power, _ in power * 10 }
  }
}

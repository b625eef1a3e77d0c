import ByteReading

/// Part of the input: a view that is valid only while one call of a reader runs.
typealias Bytes = ByteReading.Bytes

extension Bytes {
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

  var isHexDigit: Bool { isDigit || (self >= 0x61 && self <= 0x66) }
}

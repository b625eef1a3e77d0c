/// Backslash escapes of JSON strings (RFC 8259, section 7), and those of YAML's and Python's strings besides.
enum JSONEscapes {
  static func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
    var units: [UInt16] = []
    var rest = String(decoding: bytes, as: UTF8.self).utf16[...]
    while let unit = rest.popFirst() {
      guard unit == backslash, let escape = rest.popFirst() else {
        units.append(unit)
        continue
      }
      if let length = codeLengths[escape], let code = hexadecimal(rest.prefix(length), length) {
        units.append(contentsOf: code)
        rest = rest.dropFirst(length)
      } else {
        units.append(simpleEscapes[escape] ?? escape)
      }
    }
    return String(decoding: units, as: UTF16.self)
  }

  private static let backslash = UInt16(UInt8(ascii: "\\"))

  private static let simpleEscapes: [UInt16: UInt16] = [
    UInt16(UInt8(ascii: "b")): 0x08, UInt16(UInt8(ascii: "f")): 0x0C,
    UInt16(UInt8(ascii: "n")): 0x0A, UInt16(UInt8(ascii: "r")): 0x0D,
    UInt16(UInt8(ascii: "t")): 0x09, UInt16(UInt8(ascii: "0")): 0x00, UInt16(UInt8(ascii: "a")): 0x07,
    UInt16(UInt8(ascii: "v")): 0x0B, UInt16(UInt8(ascii: "e")): 0x1B, UInt16(UInt8(ascii: "_")): 0xA0,
    UInt16(UInt8(ascii: "N")): 0x85, UInt16(UInt8(ascii: "L")): 0x2028, UInt16(UInt8(ascii: "P")): 0x2029,
  ]

  /// How many hexadecimal digits follow.
  private static let codeLengths: [UInt16: Int] = [
    UInt16(UInt8(ascii: "x")): 2, UInt16(UInt8(ascii: "u")): 4, UInt16(UInt8(ascii: "U")): 8,
  ]

  /// Code units: those of `\u` may be halves of a pair.
  private static func hexadecimal(_ digits: Substring.UTF16View, _ length: Int) -> [UInt16]? {
    guard digits.count == length, let code = UInt32(Substring(digits), radix: 16) else { return nil }
    if let unit = UInt16(exactly: code) { return [unit] }
    return Unicode.Scalar(code).map { Array(String($0).utf16) }
  }
}

/// Backslash escapes of JSON strings (RFC 8259, section 7).
enum JSONEscapes {
  static func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
    var units: [UInt16] = []
    var rest = String(decoding: bytes, as: UTF8.self).utf16[...]
    while let unit = rest.popFirst() {
      guard unit == backslash, let escape = rest.popFirst() else {
        units.append(unit)
        continue
      }
      if escape == UInt16(UInt8(ascii: "u")), let code = hexadecimal(rest.prefix(4)) {
        units.append(code)
        rest = rest.dropFirst(4)
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
    UInt16(UInt8(ascii: "t")): 0x09,
  ]

  private static func hexadecimal(_ digits: Substring.UTF16View) -> UInt16? {
    digits.count == 4 ? UInt16(Substring(digits), radix: 16) : nil
  }
}

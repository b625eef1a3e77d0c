/// An e-mail's text as it travels: `=3D` for `=`, and `=` at the end of a line that goes on in the next.
enum QuotedPrintable {
  /// The text as it was meant; `nil` where some `=` stands for itself, as each does in a plan.
  static func decoded(_ text: Bytes) -> RepairedText? {
    guard let first = text.offset(of: UInt8(ascii: "=")), isEscape(text, at: first) else { return nil }
    guard isEncoded(text, from: first) else { return nil }
    var decoded = RepairedText()
    for (number, line) in text.lineRanges.enumerated() {
      let goesOn = append(line, of: text, number: number + 1, to: &decoded)
      if !goesOn { decoded.endLine() }
    }
    if text.last != 0x0A { decoded.dropLastLineEnd() }
    // Another encoding than UTF-8 shows only now.
    return (try? SourceCheck.check(decoded.bytes)) == nil ? nil : decoded
  }

  private static func isEncoded(_ text: Bytes, from first: Int) -> Bool {
    var equals: Int? = first
    var hasSign = false
    while let at = equals {
      guard isEscape(text, at: at) else { return false }
      // Before an operator stands a blank.
      hasSign = hasSign || text.hasPrefix("=3D", at: at) || at > 0 && !text[at - 1].isBlank
      equals = text.offset(of: UInt8(ascii: "="), from: at + 1)
    }
    return hasSign
  }

  private static func isEscape(_ text: Bytes, at offset: Int) -> Bool {
    byte(text, at: offset) != nil || isSoftBreak(text, at: offset)
  }

  private static func isSoftBreak(_ text: Bytes, at offset: Int) -> Bool {
    text.from(offset + 1).first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }.map { $0 == 0x0A } ?? true
  }

  /// The byte that `=3D` stands for.
  private static func byte(_ text: Bytes, at offset: Int) -> UInt8? {
    guard offset + 2 < text.count else { return nil }
    let digits = text.slice(offset + 1..<offset + 3)
    guard digits.allSatisfy({ $0.isDigit || $0 >= 0x41 && $0 <= 0x46 }) else { return nil }
    return UInt8(digits.text, radix: 16)
  }

  /// Takes a line over; `true` where it goes on in the next.
  private static func append(
    _ line: Range<Int>, of text: Bytes, number: Int, to decoded: inout RepairedText
  ) -> Bool {
    var start = line.lowerBound
    while let equals = text.slice(0..<line.upperBound).offset(of: UInt8(ascii: "="), from: start) {
      take(start..<equals, line, of: text, number, to: &decoded)
      guard let byte = byte(text, at: equals), equals + 2 < line.upperBound else { return true }
      decoded.append(byte)
      start = equals + 3
    }
    take(start..<line.upperBound, line, of: text, number, to: &decoded)
    return false
  }

  private static func take(
    _ part: Range<Int>, _ line: Range<Int>, of text: Bytes, _ number: Int, to decoded: inout RepairedText
  ) {
    let column = text.slice(line.lowerBound..<part.lowerBound).characterCount + 1
    decoded.append(text.slice(part), from: SourcePosition(line: number, column: column))
  }
}

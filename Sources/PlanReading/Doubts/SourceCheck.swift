/// Tells text from what is none, before anything is read.
enum SourceCheck {
  static func check(_ bytes: [UInt8]) throws(PlanReadingError) {
    let (firstNUL, isASCII, isBlank) = bytes.withUnsafeBufferPointer { text in
      (text.offset(of: 0), text.isASCII, !text.contains { !$0.isBlank && $0 != 0x0A })
    }
    guard !isBlank else { throw .empty }
    if let firstNUL { throw .binary(at: position(of: firstNUL, in: bytes)) }
    guard !isASCII, let offset = firstInvalidByte(bytes) else { return }
    throw .invalidUTF8(at: position(of: offset, in: bytes))
  }

  private static func firstInvalidByte(_ bytes: [UInt8]) -> Int? {
    guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
    var parser = Unicode.UTF8.ForwardParser()
    var rest = bytes.makeIterator()
    var offset = 0
    while case .valid(let scalar) = parser.parseScalar(from: &rest) { offset += scalar.count }
    return offset
  }

  /// Line and column of an offset, by counting from the start: only errors need it.
  private static func position(of offset: Int, in bytes: [UInt8]) -> SourcePosition {
    let before = bytes[..<offset]
    let line = before.count { $0 == 0x0A } + 1
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return SourcePosition(
      line: line, column: bytes[start..<offset].count { $0 & 0b1100_0000 != 0b1000_0000 } + 1)
  }
}

/// Tells text from what is none, before anything is read.
enum SourceCheck {
  static func check(_ bytes: [UInt8]) throws(PlanReadingError) {
    let blanks: Set<UInt8> = [0x09, 0x0A, 0x0D, 0x20]
    guard bytes.contains(where: { !blanks.contains($0) }) else { throw .empty }
    if let offset = bytes.firstIndex(of: 0) {
      throw .binary(at: position(of: offset, in: bytes))
    }
    if let offset = firstInvalidByte(bytes) {
      throw .invalidUTF8(at: position(of: offset, in: bytes))
    }
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

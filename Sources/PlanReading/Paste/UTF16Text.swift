/// Text as programs on Windows write it into files.
enum UTF16Text {
  /// The text in UTF-8; `nil` where no byte order mark says that it is UTF-16, or where it is none.
  static func utf8(_ bytes: [UInt8]) -> [UInt8]? {
    let isLittleEndian = bytes.starts(with: [0xFF, 0xFE])
    guard isLittleEndian || bytes.starts(with: [0xFE, 0xFF]), bytes.count % 2 == 0 else { return nil }
    let (low, high) = isLittleEndian ? (0, 1) : (1, 0)
    let units = stride(from: 2, to: bytes.count, by: 2).map {
      UInt16(bytes[$0 + low]) | UInt16(bytes[$0 + high]) << 8
    }
    return String(validating: units, as: UTF16.self).map { Array($0.utf8) }
  }
}

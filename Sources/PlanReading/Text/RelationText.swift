import PlanModel

/// Reads `public.orders o` and quoted names.
enum RelationText {
  /// The reference that stands behind `on`; text that is no reference is kept whole as the name.
  static func reference(_ text: Bytes) -> RelationReference {
    var scanner = ByteScanner(text)
    guard let first = identifier(&scanner) else { return RelationReference(name: text.text) }
    var reference = RelationReference(name: first)
    if scanner.take(".") {
      guard let name = identifier(&scanner) else { return RelationReference(name: text.text) }
      reference = RelationReference(schema: first, name: name)
    }
    scanner.skipBlanks()
    reference.alias = identifier(&scanner)
    return scanner.isAtEnd ? reference : RelationReference(name: text.text)
  }

  /// One name; `text` itself where it is more than that.
  static func name(_ text: Bytes) -> String {
    var scanner = ByteScanner(text)
    let name = identifier(&scanner)
    return scanner.isAtEnd ? name ?? "" : text.text
  }

  /// The names in a reference that stand in quotes; none where the text is no reference.
  static func quotedNames(_ text: Bytes) -> [String] {
    var scanner = ByteScanner(text)
    var names: [String] = []
    while !scanner.isAtEnd {
      let isQuoted = scanner.current == UInt8(ascii: "\"")
      guard let name = identifier(&scanner) else { return [] }
      if isQuoted { names.append(name) }
      if !scanner.take(".") { scanner.skipBlanks() }
    }
    return names
  }

  /// A name with its quotes taken off.
  private static func identifier(_ scanner: inout ByteScanner) -> String? {
    guard scanner.current == UInt8(ascii: "\"") else {
      let name = scanner.takeUntil { $0 == 0x20 || $0 == UInt8(ascii: ".") }
      return name.isEmpty ? nil : name.text
    }
    let start = scanner.position
    let end = scanner.bytes.offsetBehindQuotes(from: start)
    scanner.position = end
    let quoted = scanner.bytes.slice(start + 1..<max(start + 1, end - 1))
    return quoted.offset(of: UInt8(ascii: "\"")) == nil ? quoted.text : withSingleQuotes(quoted)
  }

  private static func withSingleQuotes(_ quoted: Bytes) -> String {
    var name: [UInt8] = []
    var isSecond = false
    for byte in quoted {
      isSecond = byte == UInt8(ascii: "\"") && !isSecond
      if !isSecond { name.append(byte) }
    }
    return String(decoding: name, as: UTF8.self)
  }
}

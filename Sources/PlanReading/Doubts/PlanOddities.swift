import PlanModel

/// What PostgreSQL does not print, but somebody who breaks lines or joins them again makes.
enum PlanOddities {
  /// How many of them a plan has: of two readings of one text, that with fewer is the likelier.
  static func count(in read: ReadPlan) -> Int {
    read.plan.nodes.reduce(0) { $0 + count(in: $1) } + count(in: read.notes)
      + read.plan.settings.count { isOdd(setting: $0.value) }
      + read.plan.otherTrailers.count { !$0.key.name.contains(": ") }
  }

  private static func count(in node: PlanNode) -> Int {
    let names = [node.relation?.name, node.relation?.alias, node.indexName].compactMap(\.self)
    return (node.type.isKnown ? 0 : 1) + names.count(where: isOdd(name:)) + (lacksName(node) ? 1 : 0)
      + node.properties.reduce(0) { $0 + count(in: $1) }
  }

  private static func lacksName(_ node: PlanNode) -> Bool {
    switch node.type.name {
    case "Seq Scan", "Bitmap Heap Scan", "Tid Scan", "Tid Range Scan", "Sample Scan", "Foreign Scan":
      node.relation == nil
    case "Index Scan", "Index Only Scan": node.relation == nil || node.indexName == nil
    case "Bitmap Index Scan": node.indexName == nil
    default: false
    }
  }

  private static func isOdd(name: String) -> Bool {
    name.contains(" ") || name.contains("\t")
  }

  /// Only lists have blanks.
  private static func isOdd(setting value: String) -> Bool {
    value.contains("'") || value.split(separator: ",").contains { $0.drop { $0 == " " }.contains(" ") }
  }

  /// Figures that were not understood, and lists and conditions with blanks too many or too few.
  private static func count(in property: PlanProperty) -> Int {
    switch PropertyKind(key: property.key.name) {
    case .buffers, .ioTimings, .sort, .hash, .cache, .jit: 1
    case .expression:
      (property.value.hasSuffix(",") || hasOddBlanks(property.value) ? 1 : 0)
        + PrintedWords.strangeCount(in: property.value)
    case .verbatim, .joinType:
      laterKeys.contains(property.key.name) || property.key.name == "Settings" ? 1 : 0
    }
  }

  /// Keys of figures that stand behind others on their line.
  static let laterKeys: Set<String> = [
    "Usage", "Memory Usage", "Disk Usage", "Average Memory", "Peak Memory", "Misses", "Evictions",
    "Overflows", "Method", "Memory", "Disk", "Maximum Storage",
  ]

  private static func hasOddBlanks(_ value: String) -> Bool {
    var quotes = LineQuotes()
    var last: UInt8 = 0
    var brackets = 0
    for byte in value.utf8 {
      let wasOpen = quotes.isOpen
      quotes.pass(byte == 0x0A ? 0x20 : byte)
      if wasOpen, !quotes.isOpen, last == 0x20 { return true }
      guard !quotes.isOpen, !wasOpen else {
        last = byte
        continue
      }
      if last == UInt8(ascii: ","), byte != 0x20, byte != 0x0A, brackets == 0 { return true }
      if last == 0x20, byte == 0x20 || ",).[".utf8.contains(byte) { return true }
      if byte == 0x20, last == UInt8(ascii: "(") || last == UInt8(ascii: ":") { return true }
      if byte == UInt8(ascii: "(") { brackets += 1 } else if byte == UInt8(ascii: ")") { brackets -= 1 }
      last = byte
    }
    return false
  }

  /// One line break in a literal is as likely as one made by a carrier, several of the same width are not.
  private static func count(in notes: [PlanReadingNote]) -> Int {
    let broken = notes.count { if case .brokenQuote = $0 { true } else { false } }
    return max(0, broken - 1) + notes.count { if case .openValue = $0 { true } else { false } }
  }
}

/// Line breaks inside of a document's values, which a server prints nowhere but in the literals of XML.
enum ValueBreaks {
  /// What must be said of the line breaks at these offsets.
  static func notes(
    _ lineBreaks: [Int], _ start: PlanStart, of block: TextBlock, text: Bytes
  ) -> [PlanReadingNote] {
    guard !lineBreaks.isEmpty else { return [] }
    let width = LineWidth(of: text.from(start.line.start))
    return lineBreaks.compactMap { lineBreak in
      let position = block.position(of: lineBreak)
      if start.format != .xml || !isInQuotes(lineBreak, of: text) { return .openValue(at: position) }
      return width.mayBreak(at: lineBreak - start.line.start) ? .brokenQuote(at: position) : nil
    }
  }

  /// Whether an element's text has an open quote at an offset.
  private static func isInQuotes(_ offset: Int, of text: Bytes) -> Bool {
    let start = text.slice(0..<offset).lastIndex(of: UInt8(ascii: ">")) ?? 0
    var quotes = LineQuotes()
    text.slice(start..<offset).forEach { quotes.pass($0 == 0x0A ? 0x20 : $0) }
    return quotes.isOpen
  }
}

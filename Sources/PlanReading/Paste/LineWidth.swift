/// The width at which somebody may have broken the lines of a text.
struct LineWidth {
  private let text: Bytes
  /// Characters of the longest line.
  private let longest: Int

  /// Looks at every line of `text`, once for all questions.
  init(of text: Bytes) {
    self.text = text
    longest = text.lineRanges.map { text.slice($0).characterCount }.max() ?? 0
  }

  /// Whether a line that ends at `lineEnd` may have been broken there: the next word would have made it the longest.
  func mayBreak(at lineEnd: Int) -> Bool {
    let start = text.slice(0..<lineEnd).lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let next = LineCursor(text, from: lineEnd + 1).peek().map { text.slice($0.content) }
    let word = next.map { $0.slice(0..<($0.offset(of: 0x20) ?? $0.count)).characterCount } ?? 0
    return text.slice(start..<lineEnd).characterCount + word >= longest
  }
}

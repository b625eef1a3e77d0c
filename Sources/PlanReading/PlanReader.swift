import PlanModel

/// Reads one plan out of what a server, a log or a person produced.
///
/// The bytes may hold more than the plan: psql's header, rule and footer, table borders, a Markdown
/// fence, the statement above, a second plan below. Each line may have a head, such as a number or an e-mail's
/// `>`, and other characters than the server printed; lines may be broken at a width. The first plan is read;
/// what was left out is listed in the result. Takes time linear in the input, and depth costs memory, not stack.
public enum PlanReader {
  /// Reads the first plan in `bytes`, which must be UTF-8.
  public static func read(_ bytes: [UInt8]) throws(PlanReadingError) -> ReadPlan {
    try SourceCheck.check(bytes)
    return try bytes.withUnsafeBufferPointer { source throws(PlanReadingError) in
      let text = source.withoutByteOrderMark
      guard let lines = Self.carriageReturnsAsLineEnds(text) else { return try RepairedPaste.read(text) }
      return try lines.withUnsafeBufferPointer { text throws(PlanReadingError) -> ReadPlan in
        try RepairedPaste.read(text)
      }
    }
  }

  /// Old programs end a line by a carriage return alone; `nil` where line feeds do.
  private static func carriageReturnsAsLineEnds(_ text: Bytes) -> [UInt8]? {
    guard text.offset(of: 0x0A) == nil, text.offset(of: 0x0D) != nil else { return nil }
    return text.map { $0 == 0x0D ? 0x0A : $0 }
  }

  /// Reads the first plan in `text`.
  public static func read(_ text: String) throws(PlanReadingError) -> ReadPlan {
    try read(Array(text.utf8))
  }

  /// Reads a server's own answer to EXPLAIN, its rows joined by line feeds: nothing decorates it, so nothing
  /// is taken off, whatever the names in it look like.
  public static func readAnswer(_ text: String) throws(PlanReadingError) -> ReadPlan {
    let bytes = Array(text.utf8)
    try SourceCheck.check(bytes)
    var reader = PasteReader(blocks: [TextBlock(verbatim: bytes)])
    reader.isAnswer = true
    var answer = try reader.read()
    answer.text = text
    // No carrier broke its lines.
    answer.notes.removeAll { if case .brokenQuote = $0 { true } else { false } }
    return answer
  }
}

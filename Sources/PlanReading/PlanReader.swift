import PlanModel

/// Reads one plan out of what a server, a log or a person produced.
///
/// The bytes may hold more than the plan: psql's header, rule and footer, table borders, a Markdown
/// fence, the statement above, a second plan below. The first plan is read; what was left out is
/// listed in the result. Takes time linear in the input, and depth costs memory, not stack.
public enum PlanReader {
  /// Reads the first plan in `bytes`, which must be UTF-8.
  public static func read(_ bytes: [UInt8]) throws(PlanReadingError) -> ReadPlan {
    try SourceCheck.check(bytes)
    return try bytes.withUnsafeBufferPointer { source throws(PlanReadingError) in
      var paste = PasteReader(blocks: PastedText.blocks(of: source.withoutByteOrderMark))
      return try paste.read()
    }
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
    var answer = try reader.read()
    answer.text = text
    return answer
  }
}

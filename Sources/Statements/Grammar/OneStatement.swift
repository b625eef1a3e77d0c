extension ParsedStatement {
  /// The one statement of a text: semicolons around it and what follows them are left out.
  static func only(in text: String) throws(AdmissionError) -> ParsedStatement {
    let parsed = try ParsedStatement(text)
    let (source, statements) = (parsed.source, parsed.statements)
    guard let last = source.tokens.indices.last(where: { !source.isSymbol($0, ";") }), !statements.isEmpty
    else {
      throw .empty
    }
    guard statements.count == 1 else {
      let second = source.firstToken(from: statements[1]["stmt_location"]?.int ?? 0)
      let start = source.tokens[min(second, last)].start
      let line = source.slice(0..<start).utf8.count { $0 == UInt8(ascii: "\n") } + 1
      throw .multipleStatements(count: statements.count, secondLine: line)
    }
    let end = source.tokens[last].end
    let start = statements[0]["stmt_location"]?.int ?? 0
    guard start > 0 else { return parsed.cut(at: end) }
    // Empty statements before it: only the text behind them counts.
    return try ParsedStatement(source.slice(start..<end))
  }

  /// The same statement without the text from `end` on, where nothing stands that the tree knows.
  private func cut(at end: Int) -> ParsedStatement {
    let tokens = (source.tokens + source.comments).filter { $0.end <= end }.sorted { $0.start < $1.start }
    return ParsedStatement(source: SourceTokens(text: source.slice(0..<end), tokens: tokens), tree: tree)
  }
}

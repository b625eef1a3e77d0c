/// The `FOR UPDATE` and `FOR SHARE` clauses of a statement at any depth.
///
/// The tree does not say where they stand, so the tokens find them and the tree of the text without
/// them proves that nothing else was taken.
struct LockingClauses {
  /// Byte ranges in the statement, in order.
  let ranges: [Range<Int>]
  private let parsed: ParsedStatement

  init(_ parsed: ParsedStatement) {
    self.parsed = parsed
    let hasClauses = parsed.tree.root.descendants(named: "LockingClause").isEmpty == false
    ranges = hasClauses ? Self.find(in: parsed.source) : []
  }

  /// The clauses as written.
  var texts: [String] { ranges.map { parsed.source.slice($0) } }

  /// The statement without them.
  func removed() throws(AdmissionError) -> ParsedStatement {
    let source = parsed.source
    var text = ""
    var position = 0
    for range in ranges {
      let kept = source.slice(position..<range.lowerBound)
      // Blanks before the clause go with it; a comment there stays, with the end of its line.
      text +=
        endsInLineComment(range.lowerBound)
        ? kept : String(kept.reversed().drop(while: \.isWhitespace).reversed())
      position = range.upperBound
    }
    text += source.slice(position..<source.byteCount)
    let result = try ParsedStatement.only(in: text)
    guard SyntaxNode.sameStructure(parsed.root?.fields, result.root?.fields, ignoring: ["lockingClause"])
    else {
      throw .rewriteDiffers(clause: "FOR UPDATE")
    }
    return result
  }

  private func endsInLineComment(_ offset: Int) -> Bool {
    let index = parsed.source.firstToken(from: offset)
    let previous = index > 0 ? parsed.source.tokens[index - 1].end : 0
    return parsed.source.comments.contains {
      $0.kind == .lineComment && $0.start >= previous && $0.end <= offset
    }
  }

  private static func find(in source: SourceTokens) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    // For each open bracket: whether it holds the arguments of substring or overlay, where FOR is a
    // preposition and `update` may be a column.
    var brackets: [Bool] = []
    var index = 0
    while index < source.tokens.count {
      let step = source.nesting(index)
      if step > 0 { brackets.append([.substring, .overlay].contains(source.keyword(index - 1))) }
      if step < 0 { _ = brackets.popLast() }
      if source.keyword(index) == .for, brackets.last != true, let end = end(of: index, in: source) {
        ranges.append(source.tokens[index].start..<source.tokens[end - 1].end)
        index = end
      } else {
        index += 1
      }
    }
    return ranges
  }

  /// The token behind a locking clause that starts at `start`; `nil` where none does.
  private static func end(of start: Int, in source: SourceTokens) -> Int? {
    let strengths: [[Keyword]] = [[.update], [.share], [.no, .key, .update], [.key, .share]]
    func keyword(_ index: Int) -> Keyword? {
      guard
        case .keyword(let word, _)? = source.tokens.indices.contains(index) ? source.tokens[index].kind : nil
      else { return nil }
      return word
    }
    let strength = strengths.first { words in
      words.indices.allSatisfy { keyword(start + 1 + $0) == words[$0] }
    }
    guard let strength else { return nil }
    var index = start + 1 + strength.count
    if keyword(index) == .of {
      index += 2
      while source.isSymbol(index, ".") || source.isSymbol(index, ",") { index += 2 }
    }
    if keyword(index) == .nowait { return index + 1 }
    return keyword(index) == .skip && keyword(index + 1) == .locked ? index + 2 : index
  }
}

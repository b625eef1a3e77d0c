/// The `FOR UPDATE` and `FOR SHARE` clauses of a statement at any depth.
///
/// The tree does not say where they stand, so the tokens find them and the tree of the text without
/// them proves that nothing else was taken.
struct LockingClauses {
  /// Byte ranges in the statement, in order.
  let ranges: [Range<Int>]
  /// Whether the tree has none.
  let isEmpty: Bool
  private let parsed: ParsedStatement

  init(_ parsed: ParsedStatement) {
    self.parsed = parsed
    let hasClauses = parsed.tree.root.descendants(named: "LockingClause").isEmpty == false
    isEmpty = !hasClauses
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
    let isUnlocked = LockingClauses(result).isEmpty
    guard isUnlocked,
      SyntaxNode.sameStructure(parsed.root?.fields, result.root?.fields, ignoring: ["lockingClause"])
    else {
      throw .rewriteDiffers(clause: "FOR UPDATE")
    }
    return result
  }

  private func endsInLineComment(_ offset: Int) -> Bool {
    // Comments are in order, and what stands between the last one and the clause would be a token.
    let comments = parsed.source.comments
    var (low, high) = (0, comments.count)
    while low < high {
      let middle = (low + high) / 2
      if comments[middle].end <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0, comments[low - 1].kind == .lineComment else { return false }
    let index = parsed.source.firstToken(from: offset)
    return comments[low - 1].start >= (index > 0 ? parsed.source.tokens[index - 1].end : 0)
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
      index = endOfName(index + 1, in: source)
      while source.isSymbol(index, ".") || source.isSymbol(index, ",") {
        index = endOfName(index + 1, in: source)
      }
    }
    if keyword(index) == .nowait { return index + 1 }
    return keyword(index) == .skip && keyword(index + 1) == .locked ? index + 2 : index
  }

  /// Behind a name, `U&"d!0061ta" UESCAPE '!'` included.
  private static func endOfName(_ index: Int, in source: SourceTokens) -> Int {
    source.text(at: index + 1).lowercased() == "uescape" ? index + 3 : index + 1
  }
}

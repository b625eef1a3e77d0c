/// Where the clauses of an UPDATE or DELETE stand in its text.
struct ModifyClauses {
  /// Everything before UPDATE or DELETE: leading comments and hints, and the WITH clause.
  let prefix: String
  /// Byte range of the target with ONLY, `*` and alias.
  let target: Range<Int>
  /// Byte offset of the target's name.
  let targetName: Int
  /// Byte range of the FROM or USING list.
  let sources: Range<Int>?
  /// Byte range of the condition.
  let condition: Range<Int>?
  /// Byte range of the RETURNING list.
  let returning: Range<Int>?
  /// Token range of the SET list.
  private let assignments: Range<Int>?

  /// `nil` where the tokens do not have the shape that the tree promises.
  init?(_ root: SyntaxNode, in source: SourceTokens) {
    let isUpdate = root.kind == "UpdateStmt"
    guard let location = root.fields["relation"]?["location"]?.int else { return nil }
    let name = source.firstToken(from: location)
    let verb = source.tokens[..<name].indices.last { source.keyword($0) == (isUpdate ? .update : .delete) }
    guard let verb else { return nil }
    targetName = location
    let targetEnd = Self.endOfTarget(root, from: name, in: source)
    var rest: Int? = targetEnd
    if isUpdate {
      guard source.keyword(targetEnd) == .set else { return nil }
      rest = Self.nextClause([.from, .where, .returning], from: targetEnd + 1, in: source)
    }
    assignments = isUpdate ? (targetEnd + 1)..<(rest ?? source.tokens.count) : nil
    prefix = source.slice(0..<source.tokens[verb].start)
    // FROM of DELETE FROM stands before its target.
    target = source.trimmed(between: isUpdate ? verb : verb + 1, and: targetEnd)
    let lists = Self.lists(from: rest, in: source)
    sources = lists[isUpdate ? .from : .using]
    condition = lists[.where]
    returning = lists[.returning]
  }

  /// What stands behind FROM, USING, WHERE and RETURNING.
  private static func lists(from start: Int?, in source: SourceTokens) -> [Keyword: Range<Int>] {
    var lists: [Keyword: Range<Int>] = [:]
    var next = start
    while let clause = next, let keyword = source.keyword(clause) {
      next = keyword == .returning ? nil : nextClause([.where, .returning], from: clause + 1, in: source)
      lists[keyword] = source.trimmed(between: clause, and: next ?? source.tokens.count)
    }
    return lists
  }

  /// The first of the keywords outside brackets; FROM belongs to IS DISTINCT FROM where that precedes it.
  private static func nextClause(_ keywords: Set<Keyword>, from start: Int, in source: SourceTokens) -> Int? {
    guard start <= source.tokens.count else { return nil }
    return source.firstOutsideBrackets(start..<source.tokens.count) { index in
      source.keyword(index).map(keywords.contains) == true && source.keyword(index - 1) != .distinct
    }
  }

  /// The token behind the target: its name, `*`, the closing bracket of ONLY and the alias.
  private static func endOfTarget(_ root: SyntaxNode, from start: Int, in source: SourceTokens) -> Int {
    var index = source.endOfName(start)
    if source.isSymbol(index, "*") || source.isSymbol(index, ")") { index += 1 }
    guard root.fields["relation"]?["alias"] != nil else { return index }
    if case .keyword(.as, _)? = source.tokens.indices.contains(index) ? source.tokens[index].kind : nil {
      index += 1
    }
    return source.endOfNamePart(index)
  }

  // MARK: SET

  /// One member of the SET list: the tokens of its column or columns, and those of its value.
  typealias Assignment = (columns: Range<Int>, value: Range<Int>)

  /// The SET list, in order.
  func assignments(in source: SourceTokens) -> [Assignment] {
    guard let assignments else { return [] }
    return source.split(assignments) { source.isSymbol($0, ",") }.compactMap { assignment in
      let sign = source.firstOutsideBrackets(assignment) { source.isSymbol($0, "=") }
      return sign.map { (assignment.lowerBound..<$0, ($0 + 1)..<assignment.upperBound) }
    }
  }
}

extension SourceTokens {
  /// The bytes between two tokens, comments included, blanks at both ends left out.
  func trimmed(between first: Int, and last: Int) -> Range<Int> {
    let start = tokens[first].end
    let end = last < tokens.count ? tokens[last].start : byteCount
    let inner = (tokens + comments).filter { $0.start >= start && $0.end <= end }
    guard let low = inner.map(\.start).min(), let high = inner.map(\.end).max() else { return start..<start }
    return low..<high
  }

  /// Whether the last thing in a range is a comment that only the end of the line ends.
  func endsInLineComment(_ range: Range<Int>) -> Bool {
    comments.contains { $0.kind == .lineComment && $0.end == range.upperBound }
  }

  /// The token behind a name of one or more parts.
  func endOfName(_ start: Int) -> Int {
    var index = endOfNamePart(start)
    while isSymbol(index, ".") { index = endOfNamePart(index + 1) }
    return index
  }

  /// The token behind one part of a name: `U&"…" UESCAPE '!'` takes three.
  func endOfNamePart(_ start: Int) -> Int {
    text(at: start + 1).lowercased() == "uescape" ? start + 3 : start + 1
  }
}

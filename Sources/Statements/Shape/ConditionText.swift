/// Finds the tokens of conditions: libpg_query says where an expression's operator stands, not where
/// the expression starts and ends.
///
/// Every piece is checked against the tree: what the tree places elsewhere has no text.
struct ConditionText {
  let source: SourceTokens

  /// The token range of the condition behind the nearest `keyword` before the expression.
  func range(of expression: SyntaxNode, behind keyword: Keyword) -> Range<Int>? {
    guard let location = expression.firstLocation else { return nil }
    let first = source.firstToken(from: location)
    guard let start = source.tokens[..<first].indices.last(where: { source.keyword($0) == keyword }) else {
      return nil
    }
    var depth = 0
    for index in (start + 1)..<source.tokens.count {
      if depth == 0, endsCondition(index) { return (start + 1)..<index }
      depth += source.nesting(index)
      if depth < 0 { return (start + 1)..<index }
    }
    return (start + 1)..<source.tokens.count
  }

  /// The whole text of a parsed expression that stands alone behind WHERE.
  func slice(_ range: Range<Int>?) -> SQLFragment? {
    range.flatMap { $0.isEmpty ? nil : SQLFragment(verbatim: source.slice(tokens: $0)) }
  }

  private func endsCondition(_ index: Int) -> Bool {
    switch source.keyword(index) {
    case .having, .window, .order, .limit, .offset, .fetch, .for, .union, .intersect, .except, .returning,
      .join, .inner, .cross, .natural, .full, .on, .where, .using:
      true
    // `percentile_cont(0.5) WITHIN GROUP (…)` goes on.
    case .group: source.keyword(index - 1) != .within
    // `left(a, 2)` is a function.
    case .left, .right: !source.isSymbol(index + 1, "(")
    default: source.isSymbol(index, ",") || source.isSymbol(index, ";")
    }
  }

  // MARK: AND and OR

  /// The members of an AND or OR list, nested lists of the same kind taken apart, each with its tokens.
  func members(of node: SyntaxNode, in range: Range<Int>?) -> [(node: SyntaxNode, range: Range<Int>?)] {
    guard node.kind == "BoolExpr", let separator = Self.separators[node.text("boolop") ?? ""] else {
      return [(node, checked(range, node))]
    }
    let nodes = flattened(node)
    let pieces = range.map { flattened($0, separator) } ?? []
    guard pieces.count == nodes.count else { return nodes.map { ($0, nil) } }
    return zip(nodes, pieces).map { ($0, checked($1, $0)) }
  }

  private static let separators: [String: Keyword] = ["AND_EXPR": .and, "OR_EXPR": .or]

  private func flattened(_ node: SyntaxNode) -> [SyntaxNode] {
    node.children("args").flatMap { member in
      member.kind == "BoolExpr" && member.text("boolop") == node.text("boolop") ? flattened(member) : [member]
    }
  }

  private func flattened(_ range: Range<Int>, _ separator: Keyword) -> [Range<Int>] {
    let inner = withoutBrackets(range)
    let pieces = split(inner, separator)
    // AND binds closer than OR: a piece with OR outside brackets is no list of AND.
    let isOther = separator == .and && split(inner, .or).count > 1
    return pieces.count > 1 && !isOther ? pieces.flatMap { flattened($0, separator) } : [range]
  }

  /// Without the brackets around all of it.
  func withoutBrackets(_ range: Range<Int>) -> Range<Int> {
    var range = range
    while range.count > 2, source.isSymbol(range.lowerBound, "("),
      source.closing(range.lowerBound) == range.upperBound - 1
    {
      range = (range.lowerBound + 1)..<(range.upperBound - 1)
    }
    return range
  }

  /// The pieces between AND or OR outside brackets and CASE; the AND of BETWEEN separates nothing.
  private func split(_ range: Range<Int>, _ separator: Keyword) -> [Range<Int>] {
    var (cases, betweens) = (0, 0)
    return source.split(range) { index in
      switch source.keyword(index) {
      case .case: cases += 1
      case .end: cases -= 1
      case .between where cases == 0: betweens += 1
      case .and where cases == 0 && betweens > 0: betweens -= 1
      case separator where cases == 0: return true
      default: break
      }
      return false
    }
  }

  private func checked(_ range: Range<Int>?, _ node: SyntaxNode) -> Range<Int>? {
    guard let range, !range.isEmpty, let location = node.firstLocation else { return nil }
    return range.contains(source.firstToken(from: location)) ? range : nil
  }
}

import JSONTree

/// WHERE, ON and HAVING.
extension ShapeReader {
  /// Splits a condition at AND and writes down its members, and the joins among them.
  mutating func readCondition(_ condition: SyntaxNode, in range: Range<Int>?, place: ColumnPredicate.Place) {
    let clause: ColumnUse.Clause = place == .condition ? .condition : place == .having ? .having : .join
    let wrapped = condition.fields
    readSubLinks(wrapped, clause: clause)
    noteSubLink(condition, clause: clause)
    for member in isList(condition, "AND_EXPR")
      ? text.members(of: condition, in: range) : [(condition, range)]
    {
      let predicate = predicate(member.node, in: member.range, place: place)
      for column in predicate.columns {
        shape.columns.append(ColumnUse(column: column, block: block, clause: clause))
      }
      addJoin(member.node, predicate, place: place)
      shape.predicates.append(predicate)
    }
  }

  /// A condition that is a sub-link itself is not among its own descendants.
  private mutating func noteSubLink(_ condition: SyntaxNode, clause: ColumnUse.Clause) {
    guard condition.kind == "SubLink" else { return }
    readSubLink(condition.fields, isNegated: false, clause: clause)
  }

  private func isList(_ node: SyntaxNode, _ kind: String) -> Bool {
    node.kind == "BoolExpr" && node.text("boolop") == kind
  }

  // MARK: One predicate

  /// OR, AND and NOT inside each other: what nests deeper is not taken apart any further.
  private static let deepestBranch = 50

  private func predicate(
    _ node: SyntaxNode, in range: Range<Int>?, place: ColumnPredicate.Place, depth: Int = 0
  ) -> ColumnPredicate {
    var branches: [ColumnPredicate] = []
    if node.kind == "BoolExpr", depth < Self.deepestBranch {
      branches = members(node, in: range).map {
        predicate($0.node, in: $0.range, place: place, depth: depth + 1)
      }
    }
    var test = test(node)
    // NOT around a comparison that has a negation of its own says the same as that.
    if case .not = test.comparison, let inner = branches.first, let negated = negation(of: inner, in: node) {
      test = Test(
        column: inner.column, wrapping: inner.wrapping, comparison: negated, operand: inner.operand)
      branches = []
    }
    return ColumnPredicate(
      block: block, place: place, column: test.column, wrapping: test.wrapping, comparison: test.comparison,
      operand: test.operand, columns: ownColumn(node) + columns(in: node.fields),
      functions: ownName(node) + functions(in: node.fields),
      hasSubSelect: node.kind == "SubLink" || hasSubSelect(node.fields), parameters: parameters(in: node),
      branches: branches, text: text.slice(range))
  }

  private func parameters(in node: SyntaxNode) -> [Int] {
    let references =
      node.fields.descendants(named: "ParamRef") + (node.kind == "ParamRef" ? [node.fields] : [])
    return Set(references.map { $0["number"]?.int ?? 0 }).sorted()
  }

  private func ownColumn(_ node: SyntaxNode) -> [ColumnReference] {
    node.kind == "ColumnRef" ? [resolve(node)].compactMap(\.self) : []
  }

  /// As a condition, NOT around a bare column keeps the rows where it is false.
  private func negation(of inner: ColumnPredicate, in node: SyntaxNode) -> Comparison? {
    node.children("args").first?.kind == "ColumnRef" ? .isFalse : inner.comparison.negated
  }

  private func ownName(_ node: SyntaxNode) -> [String] {
    node.kind == "FuncCall" ? node.names("funcname").suffix(1) : []
  }

  private func members(_ node: SyntaxNode, in range: Range<Int>?) -> [(node: SyntaxNode, range: Range<Int>?)]
  {
    guard isList(node, "NOT_EXPR") else { return text.members(of: node, in: range) }
    return node.children("args").map { ($0, range.flatMap { negatedRange($0) }) }
  }

  private func negatedRange(_ range: Range<Int>) -> Range<Int>? {
    let inner = text.withoutBrackets(range)
    return text.source.keyword(inner.lowerBound) == .not ? (inner.lowerBound + 1)..<inner.upperBound : nil
  }

  // MARK: Tests

  /// A column, how it is tested, and against what.
  struct Test {
    var column: ColumnReference?
    var wrapping: [ColumnWrapping] = []
    var comparison: Comparison
    var operand: Operand = .none
  }

  private func test(_ node: SyntaxNode) -> Test {
    switch node.kind {
    case "A_Expr": return operatorTest(node)
    case "NullTest":
      return test(of: node.fields["arg"], node.text("nulltesttype") == "IS_NULL" ? .isNull : .isNotNull)
    case "BooleanTest":
      return test(of: node.fields["arg"], Self.booleanTests[node.text("booltesttype") ?? ""] ?? .opaque)
    case "SubLink": return subLinkTest(node)
    case "BoolExpr":
      let kinds: [String: Comparison] = ["OR_EXPR": .or, "AND_EXPR": .and, "NOT_EXPR": .not]
      return Test(comparison: kinds[node.text("boolop") ?? ""] ?? .opaque)
    case "ColumnRef": return Test(column: resolve(node), comparison: .isTrue)
    default: return Test(comparison: .opaque)
    }
  }

  private func test(of value: JSONValue?, _ comparison: Comparison, _ operand: Operand = .none) -> Test {
    let subject = subject(value)
    return Test(
      column: subject?.column, wrapping: subject?.wrapping ?? [], comparison: comparison, operand: operand)
  }

  private func subLinkTest(_ node: SyntaxNode) -> Test {
    let inner = Operand.subSelect(block: subLinkBlocks[node.fields.position])
    let name = node.names("operName").last
    switch node.text("subLinkType") {
    case "EXISTS_SUBLINK": return Test(comparison: .exists, operand: inner)
    case "ANY_SUBLINK": return test(of: node.fields["testexpr"], name.map { .any($0) } ?? .in, inner)
    case "ALL_SUBLINK":
      return test(of: node.fields["testexpr"], name == "<>" ? .notIn : .all(name ?? ""), inner)
    default: return Test(comparison: .opaque)
    }
  }

  private static let booleanTests: [String: Comparison] = [
    "IS_TRUE": .isTrue, "IS_NOT_TRUE": .isNotTrue, "IS_FALSE": .isFalse, "IS_NOT_FALSE": .isNotFalse,
    "IS_UNKNOWN": .isNull, "IS_NOT_UNKNOWN": .isNotNull,
  ]

  private func operatorTest(_ node: SyntaxNode) -> Test {
    let comparison = Comparison(kind: node.text("kind") ?? "", operator: node.names("name").last ?? "")
    guard let right = node.fields["rexpr"], let left = node.fields["lexpr"] else {
      return Test(comparison: .opaque)
    }
    if SyntaxNode(left)?.kind == "RowExpr" {
      return Test(comparison: .row(node.names("name").last ?? ""), operand: operand(right))
    }
    if let subject = subject(left) {
      return Test(
        column: subject.column, wrapping: subject.wrapping, comparison: comparison, operand: operand(right))
    }
    guard columns(in: left).isEmpty, let subject = subject(right), let turned = comparison.turned else {
      return Test(comparison: comparison, operand: operand(right))
    }
    return Test(
      column: subject.column, wrapping: subject.wrapping, comparison: turned, operand: operand(left))
  }

  // MARK: Joins

  private mutating func addJoin(
    _ node: SyntaxNode, _ predicate: ColumnPredicate, place: ColumnPredicate.Place
  ) {
    guard node.kind == "A_Expr", !predicate.hasSubSelect, place != .having,
      let left = subject(node.fields["lexpr"]),
      let right = subject(node.fields["rexpr"]), areOfDifferentTables(left.column, right.column)
    else { return }
    let comparison = Comparison(kind: node.text("kind") ?? "", operator: node.names("name").last ?? "")
    var kind = JoinKind.inner
    if case .join(let written) = place { kind = written }
    shape.joins.append(
      JoinCondition(
        block: block, kind: kind, left: JoinCondition.Side(column: left.column, wrapping: left.wrapping),
        comparison: comparison, right: JoinCondition.Side(column: right.column, wrapping: right.wrapping),
        predicate: shape.predicates.count))
  }

  /// Two columns whose tables are not known are taken for a join where more than one table is in sight.
  private func areOfDifferentTables(_ left: ColumnReference, _ right: ColumnReference) -> Bool {
    if let first = left.table, let second = right.table { return first != second }
    if let first = left.alias, let second = right.alias { return first != second }
    return (scopes.last?.tables.count ?? 0) > 1
  }
}

import SQLNames

/// What a printed condition tests, without the label of its table: as CREATE STATISTICS takes it.
///
///     (lower((o.email)::text) = 'x'::text)   →   lower((email)::text)
public enum TestedExpression {
  /// The side of a comparison that holds the table's columns; of a condition without one, all of it. `nil` where
  /// both sides hold columns, or where what is left is no expression.
  public static func text(of predicate: ColumnPredicate, label: String) -> String? {
    guard let text = predicate.text?.text, !predicate.hasSubSelect, predicate.branches.isEmpty else {
      return nil
    }
    return LargeStack.run { sides(of: text) }.flatMap { sides in
      let labelled = sides.filter { mentions(label, $0) }
      let owning =
        labelled.count == 1
        ? labelled : sides.filter { side in predicate.columns.contains { mentions($0.name, side) } }
      return owning.count == 1 ? unlabelled(owning[0], label) : nil
    }
  }

  /// The whole condition.
  public static func condition(of predicate: ColumnPredicate, label: String) -> String? {
    guard let text = predicate.text?.text, !predicate.hasSubSelect, predicate.parameters.isEmpty else {
      return nil
    }
    return unlabelled(text, label)
  }

  private static let comparisons: Set<String> = [
    "=", "<>", "!=", "<", ">", "<=", ">=", "~~", "!~~", "~~*", "!~~*", "~", "~*", "!~", "!~*",
  ]

  /// EXPLAIN puts brackets around every operand that has an operator of its own, so the one outside of all
  /// brackets is the condition's.
  private static func sides(of text: String) -> [String]? {
    guard let source = source(text) else { return nil }
    let inner = ConditionText(source: source).withoutBrackets(source.tokens.indices)
    var depth = 0
    for index in inner {
      depth += source.nesting(index)
      guard depth == 0, comparisons.contains(source.text(at: index)) else { continue }
      return [inner.lowerBound..<index, (index + 1)..<inner.upperBound].map { source.slice(tokens: $0) }
    }
    return [source.slice(tokens: inner)]
  }

  private static func mentions(_ name: String, _ side: String) -> Bool {
    guard let source = source(side) else { return false }
    return source.tokens.indices.contains { source.text(at: $0) == SQLIdentifier(name).quoted }
  }

  private static func unlabelled(_ text: String, _ label: String) -> String? {
    guard let source = source(text) else { return nil }
    let name = SQLIdentifier(label).quoted
    var result = ""
    var end = source.tokens.first?.start ?? 0
    for index in source.tokens.indices {
      let token = source.tokens[index]
      let isLabel = source.text(at: index) == name && source.isSymbol(index + 1, ".")
      let isDot = source.isSymbol(index, ".") && index > 0 && source.text(at: index - 1) == name
      if !isDot { result += source.slice(end..<(isLabel ? token.start : token.end)) }
      end = token.end
    }
    return SQLFragment(expression: result) == nil ? nil : result
  }

  private static func source(_ text: String) -> SourceTokens? {
    guard let checked = try? StatementText(text), let tokens = try? PostgresGrammar.scan(checked.string),
      !tokens.isEmpty
    else { return nil }
    return SourceTokens(text: checked.string, tokens: tokens)
  }
}

import Catalog
import PlanModel
import Statements

extension ScanPredicate {
  /// A predicate as a scan of the table with this label sees it.
  ///
  /// - Parameter takesExpressions: the engine's indexes serve expressions and row comparisons.
  init(
    _ predicate: ColumnPredicate, label: String, relation: RelationEvidence?, takesExpressions: Bool = false
  ) {
    let side = Self.side(of: predicate, label: label, relation: relation)
    let others = predicate.allColumns.contains { !$0.belongs(to: label) }
    self.init(
      text: predicate.text?.text ?? "", column: side?.column, use: side?.use ?? .none,
      source: predicate, dependsOnOuter: others || !predicate.parameters.isEmpty)
    if predicate.comparison == .or {
      alternatives = predicate.branches.map {
        Self.branch($0, label: label, relation: relation, takesExpressions: takesExpressions)
      }
    }
    guard takesExpressions, column == nil else { return }
    if let first = Self.leadingColumn(of: predicate, label: label) {
      (column, use) = (first, .range)
      return
    }
    readExpression(predicate, label: label, relation: relation)
  }

  /// `ROW(a, b) > ROW(1, 2)` bounds the first column at least.
  private static func leadingColumn(of predicate: ColumnPredicate, label: String) -> String? {
    guard case .row(let name) = predicate.comparison, ["<", "<=", ">", ">="].contains(name),
      predicate.operand.isFixed, let first = predicate.columns.first, first.belongs(to: label),
      predicate.text?.text.drop(while: { $0 == "(" }).hasPrefix("ROW(") ?? false
    else { return nil }
    return first.name
  }

  /// A branch of OR; of an AND inside it the member that an index finds by, equality before a range.
  private static func branch(
    _ branch: ColumnPredicate, label: String, relation: RelationEvidence?, takesExpressions: Bool
  ) -> ScanPredicate {
    let members = (branch.comparison == .and ? branch.branches : [branch]).map {
      ScanPredicate($0, label: label, relation: relation, takesExpressions: takesExpressions)
    }
    return members.first { $0.use.isLookup && $0.column != nil } ?? members.first { $0.use == .range }
      ?? members[0]
  }

  private mutating func readExpression(
    _ predicate: ColumnPredicate, label: String, relation: RelationEvidence?
  ) {
    guard !predicate.hasSubSelect, let use = predicate.comparison.indexUse, let inner = predicate.column,
      inner.belongs(to: label), !predicate.operand.mentions(label: label),
      !predicate.wrapping.contains(.cast("text")) || Self.isVarchar(inner.name, of: relation),
      let expression = IndexableExpression(predicate, label: label)
    else { return }
    column = expression.text
    expressionColumn = inner.name
    self.use = use
  }

  private static func side(
    of predicate: ColumnPredicate, label: String, relation: RelationEvidence?
  ) -> (column: String, use: Use)? {
    // The other side may only be what is known before the scan starts: nothing of this table.
    guard !predicate.hasSubSelect, let use = predicate.comparison.indexUse else { return nil }
    if let column = predicate.column, column.belongs(to: label),
      isIndexable(predicate.wrapping, of: column.name, relation: relation),
      !predicate.operand.mentions(label: label)
    {
      return (column.name, use)
    }
    guard case .column(let other) = predicate.operand, other.belongs(to: label), predicate.wrapping.isEmpty,
      predicate.column.map({ !$0.belongs(to: label) }) ?? false
    else { return nil }
    return (other.name, use)
  }

  /// A bare column, or one that EXPLAIN prints with the cast that `varchar` needs for text operators:
  /// such a cast changes no bytes, and an index on the column serves it.
  private static func isIndexable(
    _ wrapping: [ColumnWrapping], of column: String, relation: RelationEvidence?
  ) -> Bool {
    if wrapping.isEmpty { return true }
    return wrapping == [.cast("text")] && isVarchar(column, of: relation)
  }

  /// Taken for granted of a column whose type is not known.
  private static func isVarchar(_ column: String, of relation: RelationEvidence?) -> Bool {
    relation?.column(column).map { $0.type.hasPrefix("character varying") } ?? true
  }
}

extension ColumnReference {
  /// Without a qualifier a scan's condition can only mean its own table.
  func belongs(to label: String) -> Bool { (alias ?? qualifier ?? label) == label }
}

extension Operand {
  fileprivate func mentions(label: String) -> Bool {
    switch self {
    case .column(let column): column.belongs(to: label)
    case .list(let members): members.contains { $0.mentions(label: label) }
    case .expression(let expression): expression.columns.contains { $0.belongs(to: label) }
    case .subSelect: true
    case .none, .constant, .parameter: false
    }
  }
}

extension Statements.Comparison {
  /// How a B-tree uses it; `nil` where it cannot.
  fileprivate var indexUse: ScanPredicate.Use? {
    switch self {
    case .equal, .isNull, .isTrue, .isFalse: .equality
    case .in, .any("="): .membership
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .between, .isNotNull: .range
    default: nil
    }
  }
}

import Catalog
import PlanModel
import SQLNames
import Statements

/// A condition on an expression of one column, and what could be written or built instead.
struct WrappedColumn {
  let predicate: ColumnPredicate
  /// The column inside.
  let column: String
  /// The same condition on the bare column; `nil` where none holds for the same rows.
  let bare: String?
  /// The expression as an index could hold it; `nil` where it may depend on the session.
  let expression: ImmutableExpression?
  /// Indexes that would serve the bare column.
  let indexes: [IndexDefinition]
  /// Another rule proposes an index on this expression.
  let isWellKnown: Bool

  /// `nil` where the column stands bare, where nothing fixed is compared with it by a B-tree's operators, and where
  /// an index on the expression exists.
  init?(_ predicate: ColumnPredicate, of scan: TestedScan, in query: DiagnosticCase) {
    guard let column = predicate.column, column.belongs(to: scan.label), !predicate.wrapping.isEmpty,
      predicate.comparison.isOrdered, !predicate.hasSubSelect,
      predicate.allColumns.allSatisfy({ $0.name == column.name && $0.belongs(to: scan.label) })
    else { return nil }
    let type = scan.relation?.column(column.name).map { ColumnType(text: $0.type) }
    let expression = ImmutableExpression(
      predicate, label: scan.label, relation: scan.relation, functions: query.evidence.functions)
    let indexes = scan.relation?.indexes ?? []
    guard !Self.isRelabelled(predicate.wrapping, type), expression?.index(among: indexes) == nil else {
      return nil
    }
    self.predicate = predicate
    self.column = column.name
    self.expression = query.engine.hasExpressionIndexes ? expression : nil
    let name = SQLIdentifier(column.name).quoted
    bare = BarePredicate(predicate, column: name, type: type)?.text
    self.indexes = Self.serving(column.name, of: scan, in: query)
    isWellKnown = scan.isFull && IndexableExpression(predicate, label: scan.label) != nil
  }

  /// EXPLAIN prints a cast that `varchar` needs for text operators and that changes no byte.
  private static func isRelabelled(_ wrapping: [ColumnWrapping], _ type: ColumnType?) -> Bool {
    wrapping == [.cast("text")] && type?.isText ?? true
  }

  /// Indexes that lead with the column, and the one that an index scan reads, where the column is a key of it.
  private static func serving(
    _ column: String, of scan: TestedScan, in query: DiagnosticCase
  ) -> [IndexDefinition] {
    let leading = query.indexes(of: scan.relation, leadingWith: column)
    let used = query.plan.subtree(of: scan.nodes[0]).compactMap { query.plan.nodes[$0].indexName }
    let read = (scan.relation?.indexes ?? []).filter {
      used.contains($0.name) && $0.leadingColumns.contains(column)
    }
    return leading.isEmpty ? read : leading
  }

  /// As the condition stands in the plan, without the table's label.
  func words(of scan: TestedScan) -> String {
    PrintedText.unbracketed(PrintedText.unqualified(predicate.text?.text ?? "", label: scan.label))
  }
}

extension Statements.Comparison {
  /// A B-tree's own operators, lists included.
  var isOrdered: Bool {
    switch self {
    case .equal, .less, .lessOrEqual, .greater, .greaterOrEqual, .in, .any("="), .between: true
    default: false
    }
  }
}

/// Words and figures for advice to write a statement in another way, which only its author can do.
enum StatementAdvice {
  static func remedy(
    _ change: String, rationale: String, caveats: [String] = [], impact: Impact, replacing what: String
  ) -> Remedy {
    Remedy(
      .changeStatement(change), rationale: rationale, caveats: caveats,
      expectation: expectation(impact, replacing: what))
  }

  private static func expectation(_ impact: Impact, replacing what: String) -> ExpectedImpact {
    let source = "\(what) in the captured plan; not tried: the statement is its author's to change"
    return impact.milliseconds.map { .computed(upTo: $0, from: source) }
      ?? .computedCost(upToShare: impact.share, from: source)
  }
}

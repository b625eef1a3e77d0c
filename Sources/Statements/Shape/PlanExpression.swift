/// Conditions as EXPLAIN prints them, read by PostgreSQL's grammar into the predicates that a statement
/// has: for plans without their statement and for the tables behind views.
///
///     ((o.status)::text = 'open'::text)        column status, cast to text, equal, constant
///     ((a.id = $0) AND (NOT (hashed SubPlan 1)))  the second is kept as text: SubPlan is not SQL
public enum PlanExpression {
  /// The members of the AND list of a condition. What the grammar does not take is
  /// ``Comparison/opaque``; only its text tells of it.
  public static func predicates(in text: String) -> [ColumnPredicate] {
    predicates(in: [text]).first ?? []
  }

  /// The same for many conditions, which costs one thread instead of many.
  public static func predicates(in texts: [String]) -> [[ColumnPredicate]] {
    LargeStack.run { texts.map { read($0) } }
  }

  private static let prefix = "SELECT WHERE "

  private static func read(_ text: String) -> [ColumnPredicate] {
    guard let checked = try? StatementText(text), let tokens = try? PostgresGrammar.scan(checked.string),
      !tokens.isEmpty
    else { return [opaque(text)] }
    if let predicates = parse(checked.string) { return predicates }
    // One part that is no SQL does not spoil the others.
    let parts = members(of: SourceTokens(text: checked.string, tokens: tokens))
    return parts.map { part in
      let predicates = parts.count > 1 ? parse(part) : nil
      return predicates?.first ?? opaque(part)
    }
  }

  private static func parse(_ text: String) -> [ColumnPredicate]? {
    guard let statement = try? ParsedStatement(prefix + text), statement.statements.count == 1,
      let root = statement.root, isConditionAlone(root)
    else { return nil }
    return ShapeReader.shape(of: statement, fingerprint: "", normalized: "").predicates.map(\.inPlan)
  }

  /// Nothing but WHERE: the text did not go on with another clause.
  private static func isConditionAlone(_ root: SyntaxNode) -> Bool {
    root.fields["whereClause"] != nil && root.fields.members.count == 3
  }

  /// The pieces of an AND list, by the brackets that EXPLAIN puts around each.
  private static func members(of source: SourceTokens) -> [String] {
    let text = ConditionText(source: source)
    let inner = text.withoutBrackets(source.tokens.indices)
    let hasOr = source.split(inner) { source.keyword($0) == .or }.count > 1
    let pieces = source.split(inner) { source.keyword($0) == .and }
    return (hasOr ? [inner] : pieces).map { source.slice(tokens: $0) }
  }

  private static func opaque(_ text: String) -> ColumnPredicate {
    ColumnPredicate(
      block: 0, place: .plan, column: nil, wrapping: [], comparison: .opaque, operand: .none, columns: [],
      functions: [], hasSubSelect: text.contains("SubPlan"), parameters: [], branches: [],
      text: SQLFragment(verbatim: text))
  }
}

extension ColumnPredicate {
  fileprivate var inPlan: ColumnPredicate {
    ColumnPredicate(
      block: block, place: .plan, column: column, wrapping: wrapping, comparison: comparison,
      operand: operand,
      columns: columns, functions: functions, hasSubSelect: hasSubSelect, parameters: parameters,
      branches: branches.map(\.inPlan), text: text)
  }
}

extension SQLFragment {
  /// One scalar expression as a server printed it; `nil` where the grammar takes it for anything else.
  public init?(expression text: String) {
    let isExpression = LargeStack.run {
      guard let checked = try? StatementText(text),
        let parsed = try? ParsedStatement("SELECT (\(checked.string))"),
        let root = parsed.root, parsed.statements.count == 1
      else { return false }
      return root.fields["targetList"]?.elements.count == 1 && root.fields.members.count == 3
    }
    guard isExpression else { return nil }
    self.init(verbatim: text)
  }
}

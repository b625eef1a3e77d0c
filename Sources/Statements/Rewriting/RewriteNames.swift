import Catalog

/// The relations of an UPDATE or DELETE that the catalog must be asked about before it is rewritten.
public struct RewriteNames: Sendable, Hashable {
  /// What is changed. Never a CTE, whatever WITH calls one.
  public let target: QualifiedName
  /// What stands in FROM or USING, CTEs included.
  public let sources: [QualifiedName]

  /// `nil` for a statement of another kind and for one that is not admitted.
  public init?(_ text: StatementText) {
    let names = LargeStack.run { () -> RewriteNames? in
      guard let parsed = try? ParsedStatement.only(in: text.string),
        (try? StatementCheck(parsed).origin()) != nil
      else { return nil }
      return RewriteNames(parsed)
    }
    guard let names else { return nil }
    self = names
  }

  /// Those of an admitted statement; `nil` for a SELECT.
  init?(_ parsed: ParsedStatement) {
    guard let root = parsed.root, let relation = root.fields["relation"],
      let name = SyntaxNode(kind: "RangeVar", fields: relation).qualifiedName
    else { return nil }
    target = name
    let lists = [root.fields["fromClause"], root.fields["usingClause"]].compactMap { $0 }
    sources = lists.flatMap { $0.descendants(named: "RangeVar") }
      .compactMap { SyntaxNode(kind: "RangeVar", fields: $0).qualifiedName }
  }
}

extension RewriteNames {
  /// The target with the schema that the catalog told, or as written.
  func target(by form: RewriteForm) -> QualifiedName {
    QualifiedName(schema: form.target?.schema ?? target.schema, name: target.name)
  }
}

extension SyntaxNode {
  /// The name of a RangeVar, as written.
  var qualifiedName: QualifiedName? {
    text("relname").map { QualifiedName(schema: text("schemaname"), name: $0) }
  }
}

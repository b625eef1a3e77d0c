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
      guard let parsed = try? ParsedStatement.only(in: text.string), let root = parsed.root,
        let origin = try? StatementCheck(parsed).origin(), origin != .select,
        let target = root.fields["relation"]
      else { return nil }
      return RewriteNames(root, target: SyntaxNode(kind: "RangeVar", fields: target))
    }
    guard let names else { return nil }
    self = names
  }

  private init?(_ root: SyntaxNode, target: SyntaxNode) {
    guard let name = target.qualifiedName else { return nil }
    self.target = name
    let lists = [root.fields["fromClause"], root.fields["usingClause"]].compactMap { $0 }
    sources = lists.flatMap { $0.descendants(named: "RangeVar") }
      .compactMap { SyntaxNode(kind: "RangeVar", fields: $0).qualifiedName }
  }
}

extension SyntaxNode {
  /// The name of a RangeVar, as written.
  var qualifiedName: QualifiedName? {
    text("relname").map { QualifiedName(schema: text("schemaname"), name: $0) }
  }
}

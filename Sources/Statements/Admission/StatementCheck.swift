import JSONTree

/// Decides on the syntax tree whether a statement may be run.
struct StatementCheck {
  private let parsed: ParsedStatement

  init(_ parsed: ParsedStatement) { self.parsed = parsed }

  /// What is to be run, or the rule that forbids it.
  func origin() throws(AdmissionError) -> StatementOrigin {
    guard let root = parsed.root else { throw .empty }
    guard let origin = Self.origins[root.kind] else {
      let name = StatementKind.name(of: root, in: parsed.source, from: 0)
      throw .statement(name: name, rule: StatementKind.rule(for: root.kind))
    }
    try rejectWritingCTEs(root)
    try rejectNestedStatements(root)
    if root.fields.descendants(named: "intoClause").first != nil { throw .selectInto }
    if let current = root.fields.descendants(named: "CurrentOfExpr").first {
      throw .currentOf(cursor: current["cursor_name"]?.string ?? current["cursor_param"]?.numberText ?? "")
    }
    return origin
  }

  private static let origins: [String: StatementOrigin] = [
    "SelectStmt": .select, "UpdateStmt": .update, "DeleteStmt": .delete,
  ]

  private func rejectWritingCTEs(_ root: SyntaxNode) throws(AdmissionError) {
    for cte in root.fields.descendants(named: "CommonTableExpr") {
      guard let query = SyntaxNode(cte["ctequery"]), query.kind != "SelectStmt" else { continue }
      let statement = StatementKind.name(of: query, in: parsed.source, from: query.firstLocation ?? 0)
      throw .dataModifyingCTE(name: cte["ctename"]?.string ?? "", statement: statement)
    }
  }

  /// No grammar lets another statement stand inside a query but as a CTE. Should a newer one do so, it
  /// is not admitted.
  private func rejectNestedStatements(_ root: SyntaxNode) throws(AdmissionError) {
    for (key, value) in root.fields.objects where key.hasSuffix("Stmt") && key != "SelectStmt" {
      let name = StatementKind.name(of: SyntaxNode(kind: key, fields: value), in: parsed.source, from: 0)
      throw .statement(name: name, rule: StatementKind.rule(for: key))
    }
  }
}

extension SQLFragment {
  /// The arguments of a function as `pg_get_function_identity_arguments` prints them; `nil` where the grammar
  /// takes them for anything else.
  public init?(functionArguments text: String) {
    let isList = LargeStack.run {
      guard let checked = try? StatementText("ALTER FUNCTION f(\(text)) ROWS 1"),
        let parsed = try? ParsedStatement(checked.string)
      else { return false }
      return parsed.statements.count == 1 && parsed.root?.kind == "AlterFunctionStmt"
        && !checked.string.contains("--") && !checked.string.contains("/*")
    }
    guard isList else { return nil }
    self.init(verbatim: text)
  }
}

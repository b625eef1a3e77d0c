/// Which rule a rejected statement breaks, and what it is called.
enum StatementKind {
  /// The rule for a statement node, as `CopyStmt`; everything unknown is a utility statement.
  static func rule(for node: String) -> StatementRule {
    if let rule = rules[node] { return rule }
    let definitions = ["Create", "Alter", "Drop", "Define", "Grant", "Comment", "Rename", "Reassign"]
    return definitions.contains { node.hasPrefix($0) } ? .changesDefinitions : .isUtility
  }

  private static let rules: [String: StatementRule] = [
    "InsertStmt": .writes, "MergeStmt": .writes, "CopyStmt": .writes, "TruncateStmt": .writes,
    "UpdateStmt": .writes, "DeleteStmt": .writes,
    "DoStmt": .runsCode, "CallStmt": .runsCode, "LoadStmt": .runsCode,
    "TransactionStmt": .controlsTransaction,
    "VariableSetStmt": .changesSession, "ConstraintsSetStmt": .changesSession,
    "DiscardStmt": .changesSession,
    "ExplainStmt": .explains,
    "PrepareStmt": .prepares, "ExecuteStmt": .prepares, "DeallocateStmt": .prepares,
    "DeclareCursorStmt": .usesCursor, "FetchStmt": .usesCursor, "ClosePortalStmt": .usesCursor,
    "IndexStmt": .changesDefinitions, "ViewStmt": .changesDefinitions, "RuleStmt": .changesDefinitions,
    "SecLabelStmt": .changesDefinitions, "CompositeTypeStmt": .changesDefinitions,
    "ImportForeignSchemaStmt": .changesDefinitions, "RefreshMatViewStmt": .writes,
  ]

  /// The statement's name in the user's own words: `CREATE FUNCTION` for `create or replace function f`.
  static func name(of node: SyntaxNode, in source: SourceTokens, from offset: Int) -> String {
    switch node.kind {
    case "InsertStmt": return "INSERT"
    case "MergeStmt": return "MERGE"
    case "UpdateStmt": return "UPDATE"
    case "DeleteStmt": return "DELETE"
    default: break
    }
    let words = (source.firstToken(from: offset)..<source.tokens.count).lazy
      .prefix { if case .keyword = source.tokens[$0].kind { true } else { false } }
      .map { source.text(at: $0).uppercased() }
    guard let verb = words.first else { return "the statement" }
    guard twoWordVerbs.contains(verb) else { return verb }
    let object = words.dropFirst().filter { !modifiers.contains($0) }.prefix(longestObject)
    let length = objects.filter { object.starts(with: $0) }.map(\.count).max() ?? 1
    return ([verb] + object.prefix(length)).joined(separator: " ")
  }

  private static let twoWordVerbs: Set<String> = [
    "CREATE", "ALTER", "DROP", "REFRESH", "IMPORT", "PREPARE", "SECURITY",
  ]

  /// Kinds of things whose names have more than one word.
  private static let objects = [
    "MATERIALIZED VIEW", "FOREIGN TABLE", "FOREIGN SCHEMA", "FOREIGN DATA WRAPPER", "EVENT TRIGGER",
    "ACCESS METHOD", "DEFAULT PRIVILEGES", "LARGE OBJECT", "USER MAPPING", "OPERATOR CLASS",
    "OPERATOR FAMILY",
    "TEXT SEARCH CONFIGURATION", "TEXT SEARCH DICTIONARY", "TEXT SEARCH PARSER", "TEXT SEARCH TEMPLATE",
  ].map { $0.split(separator: " ").map(String.init) }
  private static let longestObject = 3

  /// Words between CREATE and the kind of thing that is created.
  private static let modifiers: Set<String> = [
    "OR", "REPLACE", "TEMP", "TEMPORARY", "UNLOGGED", "GLOBAL", "LOCAL", "UNIQUE", "RECURSIVE",
    "TRUSTED", "PROCEDURAL", "CONSTRAINT",
  ]
}

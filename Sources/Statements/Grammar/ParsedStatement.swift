import JSONTree

/// One text with its tokens and its syntax tree: what every reader of a statement starts from.
struct ParsedStatement: Sendable {
  let source: SourceTokens
  let tree: JSONTree

  var text: String { source.text }

  /// The statements of the text.
  var statements: [JSONValue] { tree.root["stmts"]?.elements ?? [] }

  /// The first statement; what is admitted has exactly one.
  var root: SyntaxNode? { statements.first.flatMap { SyntaxNode($0["stmt"]) } }

  /// Parts that are known to belong together.
  init(source: SourceTokens, tree: JSONTree) {
    self.source = source
    self.tree = tree
  }

  /// Scans, checks the bounds, then parses. Runs on a ``LargeStack``.
  init(_ text: String) throws(AdmissionError) {
    source = try Self.accepted(text) { () throws(GrammarError) in
      SourceTokens(text: text, tokens: try PostgresGrammar.scan(text))
    }
    let count = source.tokens.count
    guard count <= StatementBounds.tokenCount else { throw .tooManyTokens(count) }
    tree = try Self.accepted(text) { () throws(GrammarError) in try PostgresGrammar.parse(text) }
    guard tree.root.depth <= StatementBounds.treeDepth else { throw .tooDeep }
  }

  private static func accepted<Value>(
    _ text: String, _ work: () throws(GrammarError) -> Value
  ) throws(AdmissionError) -> Value {
    do throws(GrammarError) {
      return try work()
    } catch {
      throw AdmissionError(error, in: text)
    }
  }
}

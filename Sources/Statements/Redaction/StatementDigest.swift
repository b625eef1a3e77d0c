/// A statement of which only its kind is wanted: what a log holds, admitted or not.
public struct StatementDigest: Sendable, Equatable {
  /// The same for all statements that differ only in constants: libpg_query's fingerprint, 16 hexadecimal
  /// digits. `nil` for what this build's grammar does not take: newer syntax, or a text that was cut.
  public let fingerprint: String?
  /// The text with `$n` for every constant and without the words of comments.
  public let text: String

  /// Digests the text of a statement. The caller's thread waits while the parser works.
  public init(_ statement: String) {
    var redactor = Redactor(avoiding: [statement])
    text = redactor.redact(sql: statement)
    fingerprint = LargeStack.run { Self.fingerprint(of: statement) }
  }

  private static func fingerprint(of statement: String) -> String? {
    guard let checked = try? StatementText(statement), let tokens = try? PostgresGrammar.scan(checked.string),
      tokens.count <= StatementBounds.tokenCount
    else { return nil }
    return PostgresGrammar.fingerprint(checked.string)
  }
}

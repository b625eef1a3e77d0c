/// A statement with constants in the place of its parameters: for readers, never to be sent.
public enum ParameterText {
  /// The text with each `$n` replaced; one without a replacement stays, as does a text that does not scan.
  public static func replacing(in sql: String, by replacement: (Int) -> String?) -> String {
    guard let tokens = Redactor.scan(sql) else { return sql }
    let source = SourceTokens(text: sql, tokens: tokens)
    var result = ""
    var position = 0
    for (index, token) in source.tokens.enumerated() where token.kind == .parameter {
      guard let text = Int(source.text(at: index).dropFirst()).flatMap(replacement) else { continue }
      result += source.slice(position..<token.start) + text
      position = token.end
    }
    return result + source.slice(position..<source.byteCount)
  }
}

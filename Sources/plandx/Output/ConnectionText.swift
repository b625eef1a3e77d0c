import Postgres

/// Connection strings where they do not belong: a statement, a file's name, a misspelt option.
enum ConnectionText {
  /// Whether a text is a connection string as a whole: no statement begins like one.
  static func isOne(_ text: String) -> Bool {
    let start = text.drop(while: \.isWhitespace).lowercased()
    if start.hasPrefix("postgres://") || start.hasPrefix("postgresql://") { return true }
    let word = start.prefix { $0.isLetter || $0 == "_" }
    return ConnectionSettings.hasKeyword(String(word))
      && start.dropFirst(word.count).drop(while: \.isWhitespace).first == "="
  }

  /// The text with an ellipsis for what may be a password: all before the last `@` of a URI, and what
  /// follows `password=`.
  static func withoutSecrets(_ text: String) -> String { withoutValues(withoutCredentials(text)) }

  private static func withoutCredentials(_ text: String) -> String {
    // Neither blanks nor quotes end it: a password that was not escaped may hold any of them.
    guard let scheme = text.firstRange(of: "://"), let at = text.lastIndex(of: "@"), scheme.upperBound <= at,
      text[..<scheme.lowerBound].lowercased().hasSuffix("postgres")
        || text[..<scheme.lowerBound].lowercased().hasSuffix("postgresql")
    else { return text }
    return text[..<scheme.upperBound] + "…" + text[at...]
  }

  private static let keys = ["password", "secret", "token"]

  private static func withoutValues(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let equals = rest.firstIndex(of: "=") {
      let value = rest[rest.index(after: equals)...]
      result += rest[...equals]
      let name = trimmed(rest[..<equals]).lowercased()
      guard keys.contains(where: name.hasSuffix) else {
        rest = value
        continue
      }
      result += "…"
      rest = behindValue(value.drop { $0 == " " })
    }
    return result + rest
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while text.last == " " { text.removeLast() }
    return text
  }

  /// What follows a conninfo string's value, quoted or not, or a URI's.
  private static func behindValue(_ text: Substring) -> Substring {
    guard text.first == "'" else { return text.drop { !$0.isWhitespace && $0 != "&" } }
    var isEscaped = false
    let end = text.dropFirst().firstIndex { character in
      defer { isEscaped = !isEscaped && character == "\\" }
      return character == "'" && !isEscaped
    }
    return end.map { text[text.index(after: $0)...] } ?? ""
  }
}

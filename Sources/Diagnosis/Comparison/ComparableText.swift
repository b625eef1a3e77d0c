import Statements

extension ColumnPredicate {
  /// The text in a form that two plans of one statement have in common: without brackets around it, and the
  /// same for `a = b` and `b = a`. `nil` where the text is not known.
  ///
  /// - Parameter renaming: what calls its tables by other names, or by none.
  public func comparableText(_ renaming: (String) -> String = { $0 }) -> String? {
    guard let text = text.map({ Self.withoutBrackets(renaming($0.text)) }) else { return nil }
    let sides = text.split(separator: " = ")
    return comparison == .equal && sides.count == 2 ? sides.sorted().joined(separator: " = ") : text
  }

  /// `(a = b)` as `a = b`, but not `(a) = (b)`.
  private static func withoutBrackets(_ text: String) -> String {
    var rest = Substring(text)
    while rest.hasPrefix("("), rest.hasSuffix(")"), isOneBracket(rest) { rest = rest.dropFirst().dropLast() }
    return String(rest)
  }

  /// Whether the bracket that opens first closes last.
  private static func isOneBracket(_ text: Substring) -> Bool {
    var depth = 0
    for character in text.dropLast() {
      depth += character == "(" ? 1 : character == ")" ? -1 : 0
      if depth == 0 { return false }
    }
    return true
  }
}

/// Redacts the texts between the tags of XML, which may hold line breaks.
enum XMLRedaction {
  static func redact(_ plan: String, with redactor: inout Redactor) -> String {
    var result = ""
    var key = ""
    var rest = plan[...]
    while !rest.isEmpty {
      let text = rest.prefix { $0 != "<" }
      result += redact(String(text), of: key, with: &redactor)
      let tag = rest[text.endIndex...]
      let end = tag.firstIndex(of: ">").map { tag.index(after: $0) } ?? tag.endIndex
      result += tag[..<end]
      key = tag[..<end].dropFirst().dropLast().split(separator: "-").joined(separator: " ")
      rest = tag[end...]
    }
    return result
  }

  private static func redact(_ text: String, of key: String, with redactor: inout Redactor) -> String {
    // Numbers and truth values of their own are figures.
    let isFigure = Double(text) != nil || text == "true" || text == "false" || text.allSatisfy(\.isWhitespace)
    if isFigure || PlanKeys.holdFigures(key) || PlanKeys.holdName(key) { return text }
    return escaped(redactor.redactExpression(unescaped(text)))
  }

  private static let entities = [
    ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#x0d;", "\r"),
  ]

  private static func unescaped(_ text: String) -> String {
    entities.reduce(text) { $0.replacing($1.0, with: $1.1) }.replacing("&amp;", with: "&")
  }

  private static func escaped(_ text: String) -> String {
    entities.reduce(text.replacing("&", with: "&amp;")) { $0.replacing($1.1, with: $1.0) }
  }
}

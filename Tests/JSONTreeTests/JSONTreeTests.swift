import JSONTree
import Testing

@Suite struct JSONTreeTests {
  private func read(_ text: String) throws -> JSONValue { try JSONTree(text.utf8).root }

  @Test func findsMembersAtAnyDepth() throws {
    let value = try read(#" {"a": [1, {"b": "x"}, []], "c": {}, "d": null, "e": -1.5e3} "#)
    #expect(value["a"]?.elements.map(\.kind) == [.number, .object, .array])
    #expect(Array(value["a"]!.elements)[1]["b"]?.string == "x")
    #expect(value["e"]?.double == -1500)
    #expect(value.members.map(\.key) == ["a", "c", "d", "e"])
    #expect(value["missing"] == nil)
  }

  @Test func unescapesSurrogatePairsAndControlCharacters() throws {
    #expect(try read(#""a\n\"\\\/😀é""#).string == "a\n\"\\/😀é")
  }

  @Test func readsAHundredThousandLevelsWithoutRecursion() throws {
    let depth = 100_000
    let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    #expect(try JSONTree(text.utf8).root.kind == .array)
  }

  @Test func namesTheFirstByteThatDoesNotFit() {
    #expect(throws: JSONSyntaxError(offset: 4, expected: "':'")) { try read(#"{"a"1}"#) }
    #expect(throws: JSONSyntaxError(offset: 6, expected: "',' or ']'")) { try read("[1, 2 3]") }
    #expect(throws: JSONSyntaxError.self) { try read(#"{"a": "unfinished"#) }
    #expect(throws: JSONSyntaxError.self) { try read("") }
    #expect(throws: JSONSyntaxError.self) { try read("[1,]") }
  }

  @Test func stopsAfterOneDocument() throws {
    #expect(try JSONTree(#"[1] trailing"#.utf8).byteCount == 3)
  }
}

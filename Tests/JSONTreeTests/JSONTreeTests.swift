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

@Suite struct JSONWalkTests {
  private func read(_ text: String) throws -> JSONValue { try JSONTree(text.utf8).root }

  @Test func findsMembersByNameInDocumentOrder() throws {
    let value = try read(#"{"a": 1, "b": {"a": 2, "c": [{"a": 3}]}, "d": {"a": 4}}"#)
    #expect(value.descendants(named: "a").compactMap(\.int) == [1, 2, 3, 4])
    #expect(value.descendants(named: "a", notInside: "b").compactMap(\.int) == [1, 4])
    #expect(value.objects.map(\.key) == ["b", "d"])
    #expect(value.firstMember?.key == "a")
    #expect(try read("{}").firstMember == nil)
    #expect(try read("{}").descendants(named: "a").isEmpty)
    #expect(try read("[]").objects.map(\.key) == [])
  }

  @Test(arguments: [("1", 0), ("[]", 1), (#"{"a": [{}, 1]}"#, 3), (#"[[1], {"a": {"b": 2}}]"#, 3)])
  func countsContainersInsideEachOther(_ text: String, _ depth: Int) throws {
    #expect(try read(text).depth == depth)
  }

  @Test(arguments: [
    (#"{"a": 1, "at": 5}"#, #"{"a": 1}"#, true), (#"{"a": 1}"#, #"{"at": 7, "a": 1}"#, true),
    (#"{"a": 1}"#, #"{"a": 2}"#, false), (#"{"a": [1, 2]}"#, #"{"a": [1], "b": 2}"#, false),
    (#"[[1], 2]"#, #"[[1, 2]]"#, false), (#"{"a": {"at": {"x": 1}}}"#, #"{"a": {}}"#, true),
    (#"{"a": "1"}"#, #"{"a": 1}"#, false),
  ])
  func comparesButForWhatIsIgnored(_ left: String, _ right: String, _ same: Bool) throws {
    #expect(try read(left).matches(read(right), ignoring: ["at"]) == same)
  }
}

/// What people paste, which no server prints.
@Suite struct PastedJSONTests {
  @Test(arguments: [
    ("[('a', None, True),]", "a, null, true"), ("{'a'=>nil, \"b\"=>'it\\'s'}", "a: null, b: it's"),
    ("[\"\\x41\\U0001F600\\u00e9\"]", "A😀é"), ("[1, [2, {\"a\": [3]}], 4]", "1, 2, a: 3, 4"),
  ])
  func takesLiteralsOfOtherLanguages(_ text: String, _ expected: String) throws {
    #expect(try JSONTree(pasted: text.utf8).root.listText == expected)
    #expect(throws: Never.self) { try JSONTree(pasted: text.utf8) }
  }

  @Test(arguments: ["[1,]", "['a']", "(1)", "{\"a\"=>1}", "[None]", "[True]", "[nil]"])
  func aServersJSONIsStrict(_ text: String) {
    #expect(throws: JSONSyntaxError.self) { try JSONTree(text.utf8) }
  }

  @Test(arguments: [
    ("[1, {\"a\": [2, {\"b\": \"x", "1, a: 2"), ("[1, 23", "1"), ("{\"a\": tr", ""),
    ("{\"a\": 1, \"b\"", "a: 1"),
    ("{\"a\": 1, \"b\":", "a: 1"), ("[\"x\\", ""), ("[1, 2 ", "1, 2"),
  ])
  func keepsWhatIsWholeOfATextThatStops(_ text: String, _ expected: String) throws {
    let tree = try JSONTree(pasted: text.utf8)
    #expect(tree.isTruncated)
    #expect(tree.root.listText == expected)
    #expect(throws: JSONSyntaxError.self) { try JSONTree(text.utf8) }
  }

  @Test func flattensAHundredThousandLevelsWithoutRecursion() throws {
    let depth = 100_000
    let text = String(repeating: "[", count: depth) + "1" + String(repeating: "]", count: depth)
    #expect(try JSONTree(text.utf8).root.listText == "1")
  }
}

import PlanModel
import PlanReading
import Testing

/// Plans in JSON, YAML and XML, as servers print them and as people pass them on.
@Suite struct DocumentTests {
  private static func plan(_ name: String) throws -> ReadPlan {
    try PlanReader.read(try Fixture.named("formats/\(name)").text)
  }

  /// Lines without blanks at their ends, which psql's borders hide.
  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n").map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  // MARK: The clean twin

  @Test(arguments: [
    "one.yaml", "one.xml", "one-python-narrow.yaml", "one-python-double-quotes.yaml",
    "one-python-single-quotes.yaml", "one-python-literal.yaml", "one-python-folded.yaml",
    "one-python-rows.txt", "one-rows.json", "one-log-entry.json", "one-string.json", "one-string-inside.txt",
    "one-csv-field.txt", "one-ruby.txt", "one-trailing-text.txt",
  ])
  func readsOneExecutionAlikeInWhateverItCame(_ name: String) throws {
    #expect(try Self.plan(name).plan == Self.plan("one.json").plan)
  }

  @Test(arguments: ["one-python-text-rows.txt", "one-text-rows.json"])
  func readsRowsOfTextThatAProgramPrinted(_ name: String) throws {
    let read = try Self.plan(name)
    #expect(read.plan == (try Self.plan("one.txt").plan))
    #expect(read.format == .text)
    #expect(read.start == SourcePosition(line: 1, column: 1))
  }

  @Test func readsSortedKeysInTheirNewOrder() throws {
    let (sorted, plain) = (try Self.plan("one-python-sorted.yaml").plan, try Self.plan("one.json").plan)
    #expect(sorted.nodes.map(\.label) == plain.nodes.map(\.label))
    #expect(sorted.nodes.map(\.sort) == plain.nodes.map(\.sort))
    #expect(sorted.root[.sortKey] == plain.root[.sortKey])
  }

  @Test(arguments: [
    "psql-border-0.yaml", "psql-border-1.yaml", "psql-border-2.yaml", "psql-unaligned.yaml",
    "psql-border-0.xml", "psql-border-1.xml", "psql-border-2.xml", "psql-unaligned.xml",
  ])
  func readsWhatPsqlPrints(_ name: String) throws {
    let read = try Self.plan(name)
    #expect(read.plan == (try Self.plan("psql.txt").plan))
    #expect(read.notes.isEmpty)
    #expect(name.hasSuffix(read.format.rawValue))
    let clean = try Fixture.named("formats/psql-unaligned.\(read.format)").text
    #expect(Self.lines(read.text) == Self.lines(clean))
  }

  @Test(arguments: [("json", 29), ("yaml", 21), ("xml", 29)])
  func listsTheSecondStatementOfARule(_ format: String, _ line: Int) throws {
    let read = try Self.plan("two-statements.\(format)")
    #expect(read.plan == (try Self.plan("two-statements.txt").plan))
    #expect(read.otherPlans.map(\.firstLine) == ["Index Scan"] && read.otherPlans.map(\.start.line) == [line])
  }

  @Test(arguments: ["json", "yaml", "xml"])
  func readsAPlanAsItStandsInALog(_ format: String) throws {
    let logged = try Fixture.named("formats/one.\(format)").text.split(separator: "\n").map { "\t\($0)\n" }
      .joined()
    let read = try PlanReader.read("2026-11-22 10:00:00 UTC [17] LOG:  duration: 0.068 ms  plan:\n" + logged)
    #expect(read.plan == (try Self.plan("one.json").plan))
    #expect(read.notes == [.ignoredText(at: SourcePosition(line: 1, column: 1), lines: 1)])
  }

  @Test func listsTheTextBehindADocument() throws {
    #expect(
      try Self.plan("one-trailing-text.txt").notes == [
        .ignoredText(at: SourcePosition(line: 82, column: 3), lines: 2)
      ])
  }

  // MARK: Texts that stop

  /// Every line's end and some places between: what stands before the cut is there, and a note tells of it.
  @Test(arguments: ["json", "yaml", "xml"])
  func readsWhatStandsBeforeACut(_ format: String) throws {
    let text = Array(try Fixture.named("formats/one.\(format)").text.utf8)
    let whole = try PlanReader.read(text).plan
    let type = try #require(text.firstRange(of: Array("Sort".utf8)))
    let start = try #require(text[type.upperBound...].firstIndex(of: 0x0A)) + 1
    for end in start..<text.count - 1 where text[end - 1] == 0x0A || end % 29 == 0 {
      let read = try PlanReader.read(Array(text[..<end]))
      #expect(zip(read.plan.nodes, whole.nodes).allSatisfy { $0.type.name == $1.type.name })
      let isNoted = read.notes.contains { if case .truncated = $0 { true } else { false } }
      // YAML has no end of its own: a whole last line may be the last of all.
      #expect(isNoted || format == "yaml")
    }
  }

  @Test(arguments: [
    (
      "[{\"Plan\": {\"Node Type\": \"Sort\", \"Plans\": [{\"Node Type\": \"Seq Scan\", \"Startup Cost\": 1",
      1, 86
    ),
    (
      "<explain><Query><Plan><Node-Type>Sort</Node-Type><Plans><Plan><Node-Type>Seq Scan</Node-Type><Al", 1,
      97
    ),
    (
      "- Plan:\n    Node Type: \"Sort\"\n    Plans:\n      - Node Type: \"Seq Scan\"\n        Alias: \"t", 5,
      18
    ),
    (
      "- Plan:\n    Node Type: \"Sort\"\n    Plans:\n      - Node Type: \"Seq Scan\"\n        Alias:\n", 5, 15
    ),
  ])
  func saysWhereATextStops(_ text: String, _ line: Int, _ column: Int) throws {
    let read = try PlanReader.read(text)
    #expect(read.plan.nodes.map(\.type.name) == ["Sort", "Seq Scan"])
    #expect(read.plan.nodes[1].properties.isEmpty)
    #expect(read.notes == [.truncated(at: SourcePosition(line: line, column: column))])
  }

  @Test func noticesThatYAMLStopsAtALineEnd() throws {
    let text = try Fixture.named("formats/one.yaml").text
    let cut = try #require(text.ranges(of: "      Actual Rows").last)
    let read = try PlanReader.read(String(text[..<cut.lowerBound]))
    #expect(read.notes == [.truncated(at: SourcePosition(line: 53, column: 31))])
  }

  // MARK: Scalars

  @Test(arguments: [
    ("\"a: \\\"b\\\" \\u00e9\\n\\x41\"", "a: \"b\" é\nA"), ("'it''s \\n'", "it's \\n"),
    ("a = 'x' # no", "a = 'x'"),
    ("(a::text = 'b: c')", "(a::text = 'b: c')"), ("one\n      two\n\n      three", "one two\nthree"),
    ("\"one\n      two\n\n      three \\\n      four\"", "one two\nthree four"),
    ("|-\n      a\n        b\n\n      c", "a\n  b\n\nc"),
    (">-\n      a\n      b\n\n      c", "a b\nc"), ("|\n      a", "a\n"), ("!!str \"7\"", "7"),
    ("!!int \"7\"", "7"),
    ("[\"a\", \"b\"]", "a, b"), ("[]", ""), ("\n      - a\n      - \"b\"", "a, b"),
    ("\n    - a\n    - b", "a, b"),
    ("\n      - - a\n        - b\n      - c", "a, b, c"), ("\n      x: 1\n      y: 2", "x: 1, y: 2"),
  ])
  func readsYAMLScalars(_ scalar: String, _ expected: String) throws {
    let read = try PlanReader.read(
      "- Plan:\n    Node Type: \"Result\"\n    Anything: \(scalar)\n    Next: 1\n")
    #expect(read.plan.root.properties == [PlanProperty("Anything", expected), PlanProperty("Next", "1")])
  }

  @Test(arguments: [
    ("a &lt; b &amp;&amp; &quot;c&quot; &#233;&#xe9;&apos;", "a < b && \"c\" éé'"),
    ("<![CDATA[a < b]]>", "a < b"),
    ("a<!-- no -->b", "ab"), ("<Item>a</Item><Item>b</Item>", "a, b"), (" a ", " a "), ("\n  ", ""), ("", ""),
    ("<X-Y>1</X-Y><Z a='>'/>", "X Y: 1, Z: "),
  ])
  func readsXMLTexts(_ content: String, _ expected: String) throws {
    let read = try PlanReader.read(
      "<?xml version=\"1.0\"?>\n<explain>\n<Query><Plan><Node-Type>Result</Node-Type><Any-Thing>\(content)</Any-Thing></Plan></Query></explain>"
    )
    #expect(read.plan.root.properties == [PlanProperty("Any Thing", expected)])
  }

  @Test func joinsTheWorkersThatReleasesUpTo12PrintTwice() throws {
    let read = try PlanReader.read(
      """
      [{"Plan": {"Node Type": "Sort", "Workers": [{"Worker Number": 0, "Sort Method": "quicksort",
        "Sort Space Used": 25, "Sort Space Type": "Memory"}], "Workers": [{"Worker Number": 0,
        "Actual Startup Time": 1.5, "Actual Total Time": 2.5, "Actual Rows": 3, "Actual Loops": 1}]}}]
      """)
    #expect(
      read.plan.root.workers == [
        WorkerExecution(
          number: 0,
          actual: .executed(ActualFigures(startupTime: 1.5, totalTime: 2.5, rows: 3, loops: 1)),
          sort: SortUsage(method: "quicksort", spaceUsed: 25, isOnDisk: false))
      ])
  }

  @Test func readsWhatNewerReleasesPrintAsTextDoes() throws {
    let json = try PlanReader.read(
      """
      [{"Plan": {"Node Type": "Materialize", "Disabled": false, "Storage": "Memory", "Maximum Storage": 17,
        "WAL Records": 1, "WAL FPI": 0, "WAL Bytes": 60, "WAL Buffers Full": 2, "Index Searches": 3},
        "Planning": {"Shared Hit Blocks": 4, "Memory Used": 9, "Memory Allocated": 16},
        "Serialization": {"Time": 0.003, "Output Volume": 1, "Format": "text", "Shared Hit Blocks": 0}}]
      """)
    let text = try PlanReader.read(
      """
      Materialize
        Storage: Memory  Maximum Storage: 17kB
        WAL: records=1 bytes=60 buffers full=2
        Index Searches: 3
      Planning:
        Buffers: shared hit=4
        Memory: used=9kB  allocated=16kB
      Serialization: time=0.003 ms  output=1kB  format=text
      """)
    #expect(json.plan == text.plan)
  }

  // MARK: What is refused

  @Test(arguments: [
    (
      "<!DOCTYPE x [<!ENTITY a \"aa\">]><Plan/>", "<explain>", 1, 10,
      "an element, and no document type declaration,"
    ),
    (
      "<Query><Plan><Node-Type>&a;</Node-Type></Plan></Query>", "<explain>", 1, 34,
      "one of XML's own entities, such as &lt;,"
    ),
    ("<Query>\n</Plan>", "<explain>", 2, 1, "the end of <Query>"),
    ("text<Query/>", "<explain>", 1, 14, "the end of <explain>"),
    (
      "<Query><Plan><Plans><Plan/><Other/></Plans></Plan></Query>", "<explain>", 1, 37,
      "another kind of element inside <Plans>"
    ),
    (
      "a: &x [\"1\"]\n    b: *x", "- Plan:\n    Node Type: \"A\"\n    ", 3, 8,
      "a value, neither an anchor nor an alias,"
    ),
    ("a: !!python/object \"x\"", "- Plan:\n    Node Type: \"A\"\n    ", 3, 8, "a value without a tag"),
    ("a: \"x\n    b: 1\n", "- Plan:\n    Node Type: \"A\"\n    ", 3, 8, "the closing quote"),
    ("a: 1\n      b: 2", "- Plan:\n    Node Type: \"A\"\n    ", 4, 7, "the rest of the value above"),
    ("a: [b, c]", "- Plan:\n    Node Type: \"A\"\n    ", 3, 9, "a value"),
    ("'Alias': None, Filter: 1}}]", "[{'Plan': {'Node Type': 'A', ", 1, 45, "a key in double quotes"),
  ])
  func namesTheFirstThingThatDoesNotFit(
    _ text: String, _ start: String, _ line: Int, _ column: Int, _ expected: String
  ) throws {
    let format: PlanFormat = start.hasPrefix("<") ? .xml : start.hasPrefix("-") ? .yaml : .json
    let error = PlanReadingError.invalidDocument(
      format, at: SourcePosition(line: line, column: column), expected: expected)
    #expect(throws: error) { try PlanReader.read(start + text) }
  }

  @Test(arguments: [
    ("<explain><Query><Other>1</Other></Query></explain>", PlanFormat.xml), ("{\"select\": {}}", .json),
    ("[{\"message\": \"no\\nplan\"}]", .json),
  ])
  func tellsADocumentWithoutAPlan(_ text: String, _ format: PlanFormat) {
    #expect(throws: PlanReadingError.noPlan(in: format, at: SourcePosition(line: 1, column: 1))) {
      try PlanReader.read(text)
    }
  }

  @Test(arguments: [
    "[local]:5432 me@db=# EXPLAIN SELECT 1;", "(\"t\".\"a\" = 1)", "Query Text: \"a\".\"b\"", "Plan:", "<p>",
  ])
  func takesNoLineForADocumentThatOnlyLooksLikeOne(_ line: String) throws {
    let read = try PlanReader.read("\(line)\nResult  (cost=0.00..0.01 rows=1 width=4)\n")
    #expect(read.plan.nodes.count == 1)
    #expect(read.format == .text)
  }

  @Test func readsDeepDocumentsWithoutRecursion() throws {
    let depth = 4_000
    let open = String(repeating: "<Plan><Node-Type>Limit</Node-Type><Plans>", count: depth)
    let close = String(repeating: "</Plans></Plan>", count: depth)
    #expect(
      try PlanReader.read("<explain><Query>\(open)\(close)</Query></explain>").plan.nodes.count == depth)
    let dashes = String(repeating: "- ", count: depth)
    #expect(
      try PlanReader.read("- Plan:\n    Node Type: \"Limit\"\n    X: \n      \(dashes)1\n").plan.root["X"]
        == "1")
  }
}

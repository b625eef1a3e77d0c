import PlanModel
import PlanReading
import Testing

/// JSON, YAML and XML below the dirt that carriers add; several plans in one paste; places in what was pasted.
@Suite struct DocumentDirtTests {
  private static let heads = Dirt.heads.filter { !$0.name.hasPrefix("a chat's time") }

  @Test(arguments: ["json", "yaml", "xml"])
  func readsDocumentsBelowHeads(_ format: String) throws {
    let clean = try Fixture.named("formats/one.\(format)").text
    let plan = try PlanReader.read(clean).plan
    for dirt in Self.heads {
      #expect((try? PlanReader.read(dirt.apply(clean)))?.plan == plan, "\(dirt.name)")
    }
  }

  @Test(arguments: [
    "NBSP", "smart quotes", "entities", "CRLF", "lone CR", "a byte order mark", "greetings", "tildes",
  ])
  func readsJSONBelow(_ name: String) throws {
    let clean = try Fixture.named("formats/one.json").text
    let dirt = try #require(Dirt.named(name))
    #expect(try PlanReader.read(dirt.apply(clean)).plan == PlanReader.read(clean).plan)
  }

  private static let node = #"{"Node Type": "Seq Scan", "Relation Name": "t", "Alias": "t"}"#

  @Test(arguments: [
    ("[{\"Plan\": \(node)}]", 0), ("{\"Plan\": \(node)}", 0), (node, 0),
    ("{\"Plan\": \(node)}\n{\"Plan\": \(node)}\n", 1), ("[{\"Plan\": \(node)}, {\"Plan\": \(node)}]", 1),
    ("Here it is:\n[{\"Plan\": \(node)}] and so on", 0),
    ("[{\"Plan\": \(node)}]\n(1 row)\n\nTime: 1.2 ms\n", 0),
    (
      "[{'Plan': {'Node Type': 'Seq Scan', 'Relation Name': 't', 'Alias': 't', 'Output': None, 'Async': False}}]",
      0
    ),
    ("\"[{\\\"Plan\\\": {\\\"Node Type\\\": \\\"Seq Scan\\\", \\\"Relation Name\\\": \\\"t\\\"}}]\"", 0),
    ("Seq Scan on t  (cost=0.00..1.00 rows=1 width=4)\n\n[{\"Plan\": \(node)}]\n", 1),
    ("[{\"Plan\": \(node)}]\n\nSeq Scan on t  (cost=0.00..1.00 rows=1 width=4)\n", 1),
    ("[{\"Plan\": \(node)}]\n\n- Plan:\n    Node Type: \"Result\"\n", 1),
  ])
  func readsTheFirstOfTheJSONThatProgramsPrint(_ text: String, _ others: Int) throws {
    let read = try PlanReader.read(text)
    #expect(read.plan.root.relation?.name == "t")
    #expect(read.otherPlans.count == others)
  }

  @Test func takesARowCountInALiteralForPartOfIt() throws {
    let read = try PlanReader.read(
      """
       Seq Scan on t  (cost=0.00..1.00 rows=1 width=4)
         Filter: (a = 'x
      (2 rows)
      y'::text)
      """)
    #expect(read.plan.root[.filter] == "(a = 'x\n(2 rows)\ny'::text)")
  }

  /// Line and column are those of the paste, whatever was taken off in front.
  @Test(arguments: [
    ("> Sort  (cost=1.00..2.00 rows=3 width=4)\n>   Sort Key: a\n>   what is this\n> more\n", 3, 5),
    ("1: Sort  (cost=1.00..2.00 rows=3 width=4)\n2:   Sort Key: a\n3:   what is this\n4: more\n", 3, 6),
    ("Sort  (cost=1.00..2.00 rows=3 width=4)\n  Filter: (a &gt; 1)\n  what is this\nmore\n", 3, 3),
  ])
  func saysWhereInThePasteSomethingDoesNotFit(_ text: String, _ line: Int, _ column: Int) {
    #expect(
      throws: PlanReadingError.unexpectedLine(
        at: SourcePosition(line: line, column: column), line: "what is this")
    ) { try PlanReader.read(text) }
  }

  @Test func listsTheOtherPlansOfAQuotedPaste() throws {
    let one = "> Result  (cost=0.00..0.01 rows=1 width=4)\n"
    let read = try PlanReader.read(one + ">\n" + one + "> bye\n" + one)
    #expect(read.start == SourcePosition(line: 1, column: 3))
    #expect(read.otherPlans.map(\.start) == [3, 5].map { SourcePosition(line: $0, column: 3) })
  }

  @Test func tellsWhichLinesWereJoined() throws {
    let text = try Fixture.named("psql/plain.txt").text.wrapped(at: 80)
    let lines = try PlanReader.read(text).notes.compactMap {
      if case .joinedLine(let at) = $0 { at.line } else { nil }
    }
    #expect(lines.first == 13)
    #expect(lines.count == text.rows.count - (try Fixture.named("psql/plain.txt").text.rows.count))
  }
}

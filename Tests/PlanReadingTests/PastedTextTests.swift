import PlanModel
import PlanReading
import Testing

/// One plan in the forms in which people paste it.
@Suite struct PastedTextTests {
  private let plain = Result { try Fixture.named("pasted/plain.txt").text }

  @Test(arguments: [
    "psql-border-0.txt", "psql-border-1.txt", "psql-border-2.txt", "psql-unaligned.txt", "plain.json",
    "psql-border-1.json", "psql-border-2.json",
  ])
  func readsWhatPsqlPrints(_ name: String) throws {
    let read = try PlanReader.read(try Fixture.named("pasted/\(name)").text)
    let expected = try PlanReader.read(plain.get())
    #expect(read.plan == expected.plan)
    #expect(read.notes.isEmpty)
    if read.format == .text { #expect(read.text == expected.text) }
  }

  static let dressings: [(name: String, dress: @Sendable (String) -> String)] = [
    ("CRLF", { $0.replacing("\n", with: "\r\n") }),
    ("a byte order mark", { "\u{FEFF}" + $0 }),
    ("a Markdown fence", { "```sql\n\($0)```\n" }),
    ("a common indent", { indented($0, by: "    ") }),
    ("a common tab", { indented($0, by: "\t") }),
    ("tabs for eight blanks", { $0.replacing("        ", with: "\t") }),
    ("blank lines between the lines", { $0.replacing("\n", with: "\n\n") }),
    ("no line end", { String($0.dropLast()) }),
    ("trailing blanks", { $0.replacing("\n", with: "   \n") }),
    ("a lost first indent", { String(indented($0, by: " ").dropFirst()) }),
    ("storage-like steps", { $0.replacing("      ", with: "    ") }),
  ]

  private static func indented(_ text: String, by indent: String) -> String {
    text.split(separator: "\n").map { indent + $0 + "\n" }.joined()
  }

  @Test(arguments: dressings.map(\.name))
  func readsAPlanIn(_ dressing: String) throws {
    let dress = try #require(Self.dressings.first { $0.name == dressing }).dress
    let read = try PlanReader.read(dress(plain.get()))
    #expect(read.plan == (try PlanReader.read(plain.get()).plan))
    #expect(read.notes.isEmpty)
  }

  @Test func showsTheTextThatWasReadWithoutWhatStoodAroundIt() throws {
    let read = try PlanReader.read(try Fixture.named("pasted/psql-border-2.txt").text)
    #expect(read.text == (try plain.get()))
    #expect(read.start == SourcePosition(line: 4, column: 3))
  }

  @Test func listsTheOtherPlansAndTheTextAroundThem() throws {
    let read = try PlanReader.read(
      """
      db=> EXPLAIN SELECT 1;
      Result  (cost=0.00..0.01 rows=1 width=4)

      db=> EXPLAIN SELECT * FROM t;
      Seq Scan on t  (cost=0.00..35.50 rows=2550 width=4)
        Filter: (a > 1)
      Sort  (cost=1.00..2.00 rows=3 width=4)
        ->  Result  (cost=0.00..0.01 rows=1 width=4)
      """)
    #expect(read.plan.shape == "Result")
    #expect(
      read.otherPlans == [
        OtherPlan(
          start: SourcePosition(line: 5, column: 1),
          firstLine: "Seq Scan on t  (cost=0.00..35.50 rows=2550 width=4)"),
        OtherPlan(
          start: SourcePosition(line: 7, column: 1), firstLine: "Sort  (cost=1.00..2.00 rows=3 width=4)"),
      ])
    #expect(
      read.notes == [
        .ignoredText(at: SourcePosition(line: 1, column: 1), lines: 1),
        .ignoredText(at: SourcePosition(line: 4, column: 1), lines: 1),
      ])
  }

  @Test func listsThePlansOfOtherResults() throws {
    let one = try Fixture.named("pasted/psql-border-1.txt").text
    let read = try PlanReader.read(one + one)
    #expect(read.plan.nodes.count == 5)
    #expect(read.otherPlans.map(\.start) == [SourcePosition(line: 16, column: 2)])
  }

  /// E-mail programs and chats make one blank of several.
  @Test(arguments: ["hash-join", "cte-with-two-readers", "gather-merge"])
  func refusesAPlanWhoseIndentationIsLost(_ name: String) throws {
    let plan = try PlanReader.read(Fixture.named("postgres15/\(name).txt").text).text
    let lines = plan.split(separator: "\n").map { line in
      (line.first == " " ? " " : "") + line.split(separator: " ").joined(separator: " ")
    }
    for text in [lines.joined(separator: "\n"), lines.joined(separator: "\n").replacing("\n ", with: "\n")] {
      #expect(throws: PlanReadingError.self) { try PlanReader.read(text) }
    }
  }

  /// What scrolls in a terminal is copied twice.
  @Test(arguments: try Fixture.all("postgres15").map(\.stem))
  func refusesAPlanWithANodeThatStandsTwice(_ name: String) throws {
    let plan = try PlanReader.read(Fixture.named("postgres15/\(name).txt").text).text
    let lines = plan.split(separator: "\n", omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() where line.contains("->  ") && line.contains("loops=") {
      let doubled = (lines[...number] + lines[number...]).joined(separator: "\n")
      guard let read = try? PlanReader.read(doubled) else { continue }
      // Where one more is possible, nothing shows that it is one too many.
      let parents = read.plan.nodes.compactMap(\.parent).map { read.plan.nodes[$0].type.name }
      #expect(
        !Set(parents).isDisjoint(with: [
          "Append", "Merge Append", "BitmapAnd", "BitmapOr", "ModifyTable", "Foreign Scan",
        ]), "\(doubled)")
    }
  }

  /// Copied from the first letter on, out of a block that is indented.
  @Test(arguments: [1, 2, 4, 8]) func readsAPlanWhoseFirstLineLostItsIndent(_ indent: Int) throws {
    for name in ["hash-join", "insert-with-a-trigger", "jit"] {
      let plan = try PlanReader.read(Fixture.named("postgres15/\(name).txt").text).text
      let pasted = Self.indented(plan, by: String(repeating: " ", count: indent)).drop { $0 == " " }
      #expect(try PlanReader.read(String(pasted)).plan == PlanReader.read(plan).plan)
    }
  }

  @Test func readsTriggersWhateverTheirNamesAre() throws {
    let read = try PlanReader.read(
      """
      Insert on t  (cost=0.00..0.77 rows=0 width=0) (actual time=2.262..2.263 rows=0 loops=1)
        ->  Result  (cost=0.00..0.77 rows=51 width=76) (actual time=0.016..0.032 rows=51 loops=1)
      Planning Time: 0.095 ms
      Trigger tr "q": x: time=1: time=0.541 calls=51
      Trigger it's: calls=2
      Execution Time: 2.323 ms
      """)
    #expect(read.plan.triggers.map(\.name) == ["tr \"q\": x: time=1", "it's"])
    #expect(
      read.plan.triggers.map(\.calls) == [51, 2] && read.plan.executionTime == 2.323 && read.notes.isEmpty)
  }

  @Test func saysWhereATruncatedPlanStops() throws {
    let read = try PlanReader.read("Sort  (cost=1.00..2.00 rows=3 width=4)\n  ->  Seq Scan on t  (cost=0.0")
    #expect(read.plan.shape == "Sort(Seq Scan t)")
    #expect(read.notes == [.truncated(at: SourcePosition(line: 2, column: 31))])
  }
}

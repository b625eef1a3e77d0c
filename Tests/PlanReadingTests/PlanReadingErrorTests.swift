import PlanReading
import Testing

@Suite struct PlanReadingErrorTests {
  /// Line and column of the first thing that does not fit.
  @Test(arguments: [
    ("hello\nworld\n", 1, 1, "hello"),
    ("\n\n  SELECT 1;\n", 3, 3, "SELECT 1;"),
    (" QUERY PLAN \n------------\n ERROR\n(1 row)\n", 3, 2, "ERROR"),
    ("Sort  (cost=1.00..2.00 rows=3 width=4)\n  Sort Key: a\n  what is this\n", 3, 3, "what is this"),
    (
      "Sort  (cost=1.00..2.00 rows=3 width=4)\nwhat\n  ->  Seq Scan on t  (cost=0.00..1.00 rows=1 width=4)\n",
      2, 1, "what"
    ),
    ("Sort  (cost=1.00..2.00 rows=3 width=4)\n  InitPlan 1 (returns $0)\n  Filter: a\n", 3, 3, "Filter: a"),
  ])
  func namesTheFirstLineThatDoesNotFit(_ text: String, _ line: Int, _ column: Int, _ content: String) {
    #expect(
      throws: PlanReadingError.unexpectedLine(at: SourcePosition(line: line, column: column), line: content)
    ) { try PlanReader.read(text) }
  }

  @Test(arguments: [
    ("Sort  (cost=1.00..x rows=3 width=4)\n", 19), ("Sort  (cost=1.00..2.00 rows= width=4)\n", 29),
    ("Sort  (cost=1.00..2.00 rows=3 width=4) (actual rows=1)\n", 54),
    ("Sort  (cost=1.00..2.00 rows=3)\n", 30),
  ])
  func namesTheFigureThatIsNone(_ text: String, _ column: Int) {
    #expect(
      throws: PlanReadingError.malformedFigures(
        at: SourcePosition(line: 1, column: column), line: String(text.dropLast()))
    ) { try PlanReader.read(text) }
  }

  @Test(arguments: ["", " \n\t\r\n", " QUERY PLAN \n------------\n(0 rows)\n"])
  func tellsAnEmptyTextFromAnUnknownOne(_ text: String) {
    #expect(throws: PlanReadingError.empty) { try PlanReader.read(text) }
  }

  /// Inputs that a fuzzer found, each of which once stopped the program.
  @Test(arguments: try Fixture.all("found")) func answersWhateverItIsGiven(_ fixture: Fixture) {
    if let read = try? PlanReader.read(fixture.text) { #expect(!read.plan.nodes.isEmpty) }
  }

  /// Some programs write decimals as their country does.
  @Test(arguments: ["json", "yaml", "xml"]) func refusesFiguresOfDocumentsThatAreNoNumbers(_ format: String)
    throws
  {
    let text = try Fixture.named("formats/one.\(format)").text
    let cost = try #require(text.firstMatch(of: /Total.Cost\W+(\d+\.\d+)/)).1
    let pasted = text.replacing(
      cost, with: format == "json" ? "\"\(cost)\"x" : cost.replacing(".", with: ","))
    #expect(throws: PlanReadingError.self) { try PlanReader.read(pasted) }
  }

  /// PowerShell's `>` writes UTF-16.
  @Test(arguments: [true, false]) func readsUTF16(_ isLittleEndian: Bool) throws {
    let text = try Fixture.named("pasted/plain.txt").text
    let bytes = ("\u{FEFF}" + text).utf16.flatMap { unit in
      let halves = [UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8)]
      return isLittleEndian ? halves : halves.reversed()
    }
    #expect(try PlanReader.read(bytes).plan == PlanReader.read(text).plan)
  }

  @Test func tellsBytesThatAreNoText() {
    #expect(throws: PlanReadingError.binary(at: SourcePosition(line: 2, column: 2))) {
      try PlanReader.read([0x61, 0x0A, 0x62, 0x00])
    }
    #expect(throws: PlanReadingError.invalidUTF8(at: SourcePosition(line: 1, column: 3))) {
      try PlanReader.read([0xC3, 0xA4, 0x61, 0xC3, 0x28])
    }
  }

  @Test func tellsJSONThatIsNoneFromJSONWithoutAPlan() {
    #expect(
      throws: PlanReadingError.invalidDocument(
        .json, at: SourcePosition(line: 2, column: 9), expected: "a value")
    ) { try PlanReader.read("[{\n\"Plan\": }]") }
    #expect(throws: PlanReadingError.noPlan(in: .json, at: SourcePosition(line: 1, column: 1))) {
      try PlanReader.read(#"[{"a": 1}]"#)
    }
  }
}

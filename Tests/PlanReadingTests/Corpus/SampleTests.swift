import PlanReading
import PlanWriting
import Testing

/// Nearly two hundred plans of a PostgreSQL 15 server, as psql printed them; `scripts/generate-plan-sample`
/// captures them again.
@Suite struct SampleTests {
  static let plans = Result {
    PsqlOutput.plans(in: try Fixture.named("sample15/plans.out").text, file: "plans.out")
  }

  @Test func holdsAPlanForEachStatement() throws {
    let plans = try Self.plans.get()
    let statements = try Fixture.named("sample15/queries.sql").text.lines
    #expect(plans.count == statements.count { $0.hasPrefix("EXPLAIN") })
    #expect(plans.count { $0.format == .text } >= 150)
  }

  @Test(arguments: try plans.get().filter { $0.format == .text })
  func writesTheTextThatItRead(_ plan: PrintedPlan) {
    #expect(RoundTrip(plan.text).faults == [])
  }

  /// Blanks at a line's end inside a literal cannot be told from what a terminal adds.
  @Test(arguments: try plans.get().filter { $0.format == .text && !$0.text.contains(" \n") })
  func readsWhatPsqlPrintedAsTheServersAnswer(_ plan: PrintedPlan) throws {
    #expect(try PlanReader.read(plan.table).plan == PlanReader.readAnswer(plan.text).plan)
  }

  @Test(arguments: try plans.get().filter { $0.format != .text && $0.isReadable })
  func readsANodeForEachInOtherFormats(_ plan: PrintedPlan) throws {
    #expect(try PlanReader.read(plan.table).plan.nodes.count == plan.namedNodes)
  }
}

/// Every fixture that a server printed as TEXT.
@Suite struct RoundTripTests {
  /// Somebody indented or shortened these by hand.
  private static let edited = [
    "02-docs-index-only-scan-three-layers.txt":
      "AWS's manual indents the last node's property by another step",
    "03-docs-index-scan-storage-lookup-filters.txt":
      "AWS's manual indents the last node's property by another step",
    "12-unique-sort-full-scan-ELIDED-by-author.txt": "the author left out figures",
  ]

  @Test(arguments: try Fixture.all("postgres15") + Fixture.all("dsql"))
  func writesTheTextThatItRead(_ fixture: Fixture) throws {
    let read = try PlanReader.read(fixture.text)
    let written = TextPlanWriter.text(of: read.plan, dialect: read.dialect)
    #expect((written == read.text) == (Self.edited[fixture.name] == nil))
    if fixture.name.contains("-docs-") { #expect(written.withoutIndentation == read.text.withoutIndentation) }
  }
}

/// Plans that no server has printed yet.
@Suite struct RandomPlanTests {
  @Test(arguments: 0..<20)
  func readsThePlanThatItWrote(_ seed: Int) throws {
    var plans = RandomPlans(seed: UInt64(seed))
    for _ in 0..<25 {
      let plan = plans.plan()
      let text = TextPlanWriter.text(of: plan)
      let read = try PlanReader.readAnswer(text)
      #expect(read.plan == plan, "\(text)")
      #expect(TextPlanWriter.text(of: read.plan, dialect: read.dialect) == text)
    }
  }
}

extension String {
  fileprivate var withoutIndentation: [Substring] { split(separator: "\n").map { $0.drop { $0 == " " } } }
}

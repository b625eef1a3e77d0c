import PlanModel
import PlanReading
import Testing

/// A server's own answer: what looks like decoration may be part of a name.
@Suite struct AnswerTests {
  static let names = [
    "a\nb", "```\n# H\n```", "\r\n", "a\n(1 row)\nb", "a\n   QUERY PLAN\n-----\n", "a|\n|b|", "a  \n   b",
    "x\n[{",
    "a +\n b", "> a\n> b", "a\n->  Seq Scan on x  (cost=0.00..1.00 rows=1 width=4)", "\n## Findings\n",
    "a\n\n\nb",
    "Planning Time: 1 ms\nSeq Scan on x  (cost=0.00..1.00 rows=1 width=4)", "q'\n'q",
    " (cost=0.00..1.00 rows=1 width=4)",
  ]

  private func answer(_ name: String) -> String {
    """
    Seq Scan on "s.\(name)"."\(name)" "a\(name)"  (cost=0.00..378.00 rows=50 width=4) (actual time=0.032..1.292 rows=50 loops=1)
      Output: "\(name)"
      Filter: ("a\(name)"."\(name)" = '\(name.replacing("'", with: "''"))'::text)
      Rows Removed by Filter: 19950
    Planning Time: 0.016 ms
    Execution Time: 1.298 ms
    """
  }

  @Test(arguments: names)
  func readsNamesThatLookLikeAnythingElse(_ name: String) throws {
    let read = try PlanReader.readAnswer(answer(name))
    let root = read.plan.root
    #expect(root.relation == RelationReference(schema: "s.\(name)", name: name, alias: "a\(name)"))
    #expect(read.plan.nodes.count == 1)
    #expect(read.plan.executionTime == 1.298)
    #expect(read.notes.isEmpty)
    #expect(read.otherPlans.isEmpty)
    #expect(read.text == answer(name))
  }

  @Test func findsAPastedRootWhoseNameHoldsALineEnd() throws {
    let read = try PlanReader.read("He said \"look:\n\n" + answer("a\nb"))
    #expect(read.plan.root.relation?.name == "a\nb")
    #expect(read.notes == [.ignoredText(at: SourcePosition(line: 1, column: 1), lines: 1)])
  }
}

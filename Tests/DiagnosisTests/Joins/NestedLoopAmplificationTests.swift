import Catalog
import Testing

@testable import Diagnosis

@Suite struct NestedLoopAmplificationTests {
  private let rule = NestedLoopAmplification()
  private let stem = "fires-when-two-hundred-times-the-rows-come"

  @Test func comparesThePlannedTimeOfTheInnerSideWithItsTime() throws {
    let finding = try rule.finding(in: stem)
    #expect(finding.title == "Nested Loop ran its inner side 222x as often as planned")
    #expect(
      finding.observations[0].contains(
        "in 666 runs; for the 3 outer rows that were planned it would have taken 0.051 ms"))
    #expect(finding.explainedBy == ProblemKey(Skew.name, "public.consignments.hub"))
  }

  @Test(arguments: [(0.006, true), (0.005, false)])
  func asksForAFifthOfTheExecution(_ each: Double, fires: Bool) throws {
    // 666 runs in 19.6 ms: 0.0059 ms each are a fifth.
    let text = try Fixture(rule: "NestedLoopAmplification", stem: stem).text()
      .replacing("0.016..0.017 rows=2 loops=666", with: "0.001..\(each) rows=2 loops=666")
    #expect(rule.examine(try DiagnosticCase(text)).findings.isEmpty != fires)
  }

  @Test func givesWayToAnIndexOnTheInnerSideThatSavesMore() throws {
    let plan = """
      Nested Loop  (cost=0.00..6373.01 rows=1 width=4) (actual time=0.043..243.013 rows=14 loops=1)
        Join Filter: (v.visitor = p.town)
        ->  Seq Scan on public.consignments p  (cost=0.00..795.00 rows=1 width=4) (actual time=0.007..7.471 rows=7 loops=1)
              Filter: (p.hub = 11)
              Rows Removed by Filter: 39993
        ->  Seq Scan on public.visits v  (cost=0.00..6942.00 rows=400000 width=15) (actual time=0.006..33.235 rows=400000 loops=7)
      Execution Time: 243.1 ms
      """
    let findings = RuleRegistry.examine(try DiagnosticCase(plan)).findings
    let error = try #require(findings.first { $0.rule == EstimationError.name })
    #expect(error.explainedBy?.kind == UnindexedInner.name)
  }
}

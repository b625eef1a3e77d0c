import Catalog
import Testing

@testable import Diagnosis

@Suite struct RowGoalTests {
  private let rule = RowGoal()

  @Test func comparesTheWayThatWasGoneWithTheExpectedOne() throws {
    let finding = try rule.finding(in: "fires-when-the-matches-lie-at-the-end")
    #expect(
      finding.observations == [
        "The LIMIT wanted 5 rows of the 160 that the planner expected in all: 3.1% of the way. Index Scan using moves_pkey on public.moves m went through 79,705 of 80,000 rows, 99.6%."
      ])
    #expect(finding.cause.basis == .supportedByCatalog)
    #expect(finding.cause.explanation[1].contains("300 rows match (count(*)), 160 were expected"))
  }

  /// Five of 160 are expected in 2,500 of 80,000 rows.
  @Test(arguments: [(12_494.0, false), (12_495, true)])
  func takesFiveTimesTheWayForFar(_ removed: Double, fires: Bool) throws {
    let fixture = Fixture(rule: "RowGoal", stem: "fires-when-the-matches-lie-at-the-end")
    let text = try fixture.text().replacing("79700", with: "\(Int(removed))")
    #expect(rule.examine(try DiagnosticCase(text)).findings.isEmpty != fires)
  }

  @Test func seesAnExistsThatReadsTheTableToItsEnd() throws {
    let plan = """
      Result  (cost=1.00..1.01 rows=1 width=1) (actual time=88.700..88.702 rows=1 loops=1)
        Output: $0
        InitPlan 1 (returns $0)
          ->  Seq Scan on public.moves m  (cost=0.00..1433.00 rows=160 width=0) (actual time=88.690..88.690 rows=1 loops=1)
                Filter: (m.note = 'late'::text)
                Rows Removed by Filter: 79700
      Execution Time: 88.72 ms
      """
    let indexed = EvidenceBook.shop.changing("moves") { $0.indexes?.append(.index("moves_note_idx", "note")) }
    let finding = try #require(rule.examine(try DiagnosticCase(plan, evidence: indexed)).findings.first)
    #expect(finding.remedies.first?.action == .set([SessionSetting("enable_seqscan", "off")]))
    let bare = try #require(rule.examine(try DiagnosticCase(plan)).findings.first)
    #expect(
      !bare.remedies.contains { if case .set = $0.action { true } else { false } }, "no index to turn to")
  }

  @Test func followsFromAWrongNumberOfMatches() throws {
    let book = EvidenceBook.shop.changing("moves") {
      $0.predicateCounts = [PredicateCount(predicates: ["(m.note = 'late'::text)"], rows: 5)]
      $0.statistics.modifiedSinceAnalyze = 500
    }
    let finding = try rule.finding(in: "fires-when-the-matches-lie-at-the-end", evidence: book)
    #expect(finding.explainedBy == ProblemKey(StaleStatistics.name, "public.moves"))
  }
}

import Catalog
import Testing

@testable import Diagnosis

@Suite struct RepeatedSubPlanTests {
  private let rule = RepeatedSubPlan()

  @Test func saysHowAggregatesAreComputedOnceWithTheQuerysOwnNames() throws {
    let finding = try rule.finding(in: "fires-in-select-list")
    #expect(
      finding.title
        == "2 sub-selects on public.orders and public.visits were run up to 20,000 times each")
    #expect(
      finding.sentence == """
        Compute sum(o.total) once for each value of o.customer_id: a sub-query that groups public.orders by \
        o.customer_id, joined with LEFT JOIN … ON o.customer_id = c.id. Compute count(*) once for each value of \
        v.customer_id: a sub-query that groups public.visits by v.customer_id, joined with LEFT JOIN … ON \
        v.customer_id = c.id.
        """)
    #expect(finding.remedies[0].caveats[0].contains("coalesce(…, 0)"))
    #expect(finding.impact.milliseconds.map { $0 > 1_000 && $0 < 1_059.9 } ?? false)
  }

  @Test func findsAComparisonWithTheAverageOfTheRowsOwnGroup() throws {
    let finding = try rule.finding(in: "fires-on-comparison-with-own-group")
    #expect(finding.sentence?.contains("ON p.customer_id = o.customer_id") == true, "\(finding)")
  }

  @Test func leavesTheIndexToTheRuleThatAdvisesIt() throws {
    let text = try Fixture(rule: "UnindexedInner", stem: "fires-in-subplan").text()
      .replacing("loops=40)", with: "loops=1000)")
    let query = try DiagnosticCase(text)
    let finding = try #require(rule.examine(query).findings.first)
    #expect(finding.explainedBy?.kind == UnindexedInner.name)
    let ranked = RuleRegistry.examine(query).ranked().findings
    #expect(ranked.first?.finding.rule == UnindexedInner.name)
    #expect(ranked.first { $0.finding.rule == RepeatedSubPlan.name }?.consequenceOf == 1)
  }

  /// A sub-plan that ran so often and took so long of 1,000 ms in all.
  private func plan(loops: Int, milliseconds: Double = 500) -> String {
    let total = milliseconds / Double(loops)
    return """
      Seq Scan on public.customers c  (cost=0.00..9000.00 rows=9 width=8) (actual time=1.000..999.000 rows=9 loops=1)
        Output: c.id, (SubPlan 1)
        SubPlan 1
          ->  Index Scan using t_pkey on public.t  (cost=0.00..8.00 rows=1 width=8) (actual time=0.000..\(total) rows=1 loops=\(loops))
                Output: t.name
                Index Cond: (t.id = c.t_id)
      Execution Time: 1000.000 ms
      """
  }

  @Test func firesFromAThousandRunsAndFivePercentOn() throws {
    for (text, count) in [
      (plan(loops: 1_000), 1), (plan(loops: 999), 0), (plan(loops: 1_000, milliseconds: 50), 1),
      (plan(loops: 1_000, milliseconds: 49), 0),
    ] {
      #expect(rule.examine(try DiagnosticCase(text)).findings.count == count, "\(text)")
    }
  }

  @Test func saysNothingWhereTheLookupsAreCheaperThanReadingTheTable() throws {
    for (pages, count) in [(7_000.0, 1), (9_000, 0)] {
      let table = RelationEvidence.table("t", rows: 1_000, pages: pages)
      let query = try DiagnosticCase(plan(loops: 1_000), evidence: EvidenceBook(relations: [table]))
      #expect(rule.examine(query).findings.count == count)
    }
  }
}

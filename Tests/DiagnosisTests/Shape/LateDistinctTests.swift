import Testing

@testable import Diagnosis

@Suite struct LateDistinctTests {
  private let rule = LateDistinct()

  @Test func asksForExistsWithTheQuerysOwnNames() throws {
    let finding = try rule.finding(in: "fires-on-join-used-for-existence")
    #expect(finding.title == "DISTINCT removes what the join with public.visits v had multiplied")
    #expect(
      finding.sentence == """
        Move public.visits v out of the join: WHERE EXISTS (SELECT FROM public.visits v WHERE v.customer_id = c.id), \
        with its other conditions inside.
        """)
    #expect(finding.blamedNodes.sorted() == [0, 1])
    #expect(finding.impact.milliseconds.map { $0 > 700 && $0 < 740 } ?? false, "the scans stay")
  }

  @Test func blamesTheSortThatCarriesTheRowsToo() throws {
    #expect(try rule.finding(in: "fires-through-sort-and-unique").blamedNodes.sorted() == [0, 1, 2])
  }

  /// Rows of the wanted table, of the join, and what DISTINCT kept; of 1,000 ms the join took so much.
  private func plan(_ wanted: Int, _ joined: Int, _ kept: Int, milliseconds: Double = 500) -> String {
    """
    Unique  (cost=0.00..1.00 rows=9 width=8) (actual time=1.000..\(500 + milliseconds) rows=\(kept) loops=1)
      Output: a.id
      ->  Merge Join  (cost=0.00..1.00 rows=9 width=8) (actual time=1.000..\(500 + milliseconds) rows=\(joined) loops=1)
            Output: a.id
            Merge Cond: (a.id = b.a_id)
            ->  Index Only Scan using a_pkey on public.a  (cost=0.00..1.00 rows=9 width=8) (actual time=0.000..0.000 rows=\(wanted) loops=1)
            ->  Index Only Scan using b_a on public.b  (cost=0.00..1.00 rows=9 width=8) (actual time=0.000..500.000 rows=\(joined) loops=1)
    Execution Time: 1000.000 ms
    """
  }

  @Test func firesFromThreeTimesAndFivePercentOn() throws {
    for (text, count) in [
      (plan(100, 300, 100), 1), (plan(101, 300, 100), 0), (plan(100, 300, 101), 0),
      (plan(100, 300, 100, milliseconds: 50), 1), (plan(100, 300, 100, milliseconds: 49), 0),
    ] {
      #expect(rule.examine(try DiagnosticCase(text)).findings.count == count, "\(text)")
    }
  }
}

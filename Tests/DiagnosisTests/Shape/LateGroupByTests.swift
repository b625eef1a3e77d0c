import Testing

@testable import Diagnosis

@Suite struct LateGroupByTests {
  private let rule = LateGroupBy()

  @Test func asksToGroupTheLargeTableFirst() throws {
    let finding = try rule.finding(in: "fires-on-hashed-groups")
    #expect(finding.title == "Every row of public.visits v is joined before it is grouped")
    #expect(
      finding.sentence == """
        Group public.visits v by v.customer_id in a sub-query with the same conditions, join that, and group the \
        result as before.
        """)
    #expect(finding.blamedNodes == [1], "grouping itself stays")
  }

  @Test func blamesTheSortOfWideGroups() throws {
    #expect(try rule.finding(in: "fires-on-sorted-wide-groups").blamedNodes.sorted() == [1, 2])
  }

  /// Rows of the grouped table and of the join; of 1,000 ms the join took so much.
  private func plan(_ grouped: Int, _ joined: Int, milliseconds: Double = 500, call: String = "sum(b.x)")
    -> String
  {
    """
    HashAggregate  (cost=0.00..1.00 rows=9 width=8) (actual time=1.000..1000.000 rows=100 loops=1)
      Output: a.name, \(call)
      Group Key: a.name
      ->  Hash Join  (cost=0.00..1.00 rows=9 width=8) (actual time=1.000..\(300 + milliseconds) rows=\(joined) loops=1)
            Output: a.name, b.x
            Hash Cond: (b.a_id = a.id)
            ->  Seq Scan on public.b  (cost=0.00..1.00 rows=9 width=8) (actual time=0.000..300.000 rows=\(grouped) loops=1)
            ->  Hash  (cost=0.00..1.00 rows=9 width=8) (actual time=0.000..0.000 rows=100 loops=1)
                  ->  Seq Scan on public.a  (cost=0.00..1.00 rows=9 width=8) (actual time=0.000..0.000 rows=100 loops=1)
    Execution Time: 1000.000 ms
    """
  }

  @Test func firesFromTenTimesHalfOfTheRowsAndTwentyPercentOn() throws {
    for (text, count) in [
      (plan(1_000, 1_000), 1), (plan(999, 999), 0), (plan(2_000, 1_000), 1), (plan(2_001, 1_000), 0),
      (plan(1_000, 1_000, milliseconds: 200), 1), (plan(1_000, 1_000, milliseconds: 199), 0),
      (plan(1_000, 1_000, call: "sum(b.x + a.y)"), 0), (plan(1_000, 1_000, call: "array_agg(b.x)"), 0),
    ] {
      #expect(rule.examine(try DiagnosticCase(text)).findings.count == count, "\(text)")
    }
  }
}

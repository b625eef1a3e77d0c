import Catalog
import Testing

@testable import Diagnosis

@Suite struct EstimationErrorTests {
  private let rule = EstimationError()

  @Test func blamesTheInnerSideThatRanTooOften() throws {
    let finding = try rule.finding(in: "fires-when-an-inner-side-runs-too-often")
    #expect(finding.title == "The planner expected 50.0x too few rows from Seq Scan on public.shops s")
    #expect(finding.blamedNodes == [2])
    #expect(finding.comparisons == [Comparison("Rows per loop", estimated: 4, actual: 200)])
    #expect(finding.impact.milliseconds == 41)
  }

  @Test func showsThatThePredicatesAreCorrelated() throws {
    let finding = try rule.finding(in: "fires-when-an-inner-side-runs-too-often")
    #expect(finding.cause.basis == .supportedByCatalog)
    #expect(finding.cause.explanation[0].contains("1% × 2% of 20,000 rows = 4 rows"))
    #expect(finding.cause.explanation[0].contains("the columns are correlated (50.0x)"))
    #expect(finding.noRemedy != nil)
  }

  @Test(arguments: [(12.0, false), (13, true)])
  func callsPredicatesCorrelatedFromThreeTimesOn(_ joint: Double, isCorrelated: Bool) throws {
    let both: Set = ["(s.city = 'city-7'::text)", "(s.country = 'country-3'::text)"]
    let book = EvidenceBook.shop.changing("shops") { shops in
      for position in shops.predicateCounts.indices
      where Set(shops.predicateCounts[position].predicates) == both {
        shops.predicateCounts[position].rows = joint
      }
    }
    let finding = try rule.finding(in: "fires-when-an-inner-side-runs-too-often", evidence: book)
    #expect((finding.cause.basis == .supportedByCatalog) == isCorrelated)
  }

  @Test func callsTheCauseUnverifiedWithoutEvidence() throws {
    let finding = try rule.finding(
      in: "fires-when-an-inner-side-runs-too-often", evidence: EvidenceBook())
    #expect(finding.cause.basis == .unverified)
    #expect(finding.cause.check?.contains("pg_stat_all_tables") ?? false)
    #expect(finding.explainedBy == nil)
  }

  @Test func isTheConsequenceOfStaleStatistics() throws {
    let finding = try rule.finding(in: "fires-on-stale-statistics")
    #expect(finding.explainedBy == ProblemKey(StaleStatistics.name, "public.imports"))
    #expect(finding.blamedNodes == [2])
  }

  @Test func blamesTheFullReadThatFewerRowsDidNotNeed() throws {
    let finding = try rule.finding(in: "fires-when-an-indexed-table-is-read-beside-few-rows")
    #expect(finding.title == "The planner expected 1,333x too many rows from Seq Scan on public.shops s")
    #expect(finding.blamedNodes == [1])
    let unindexed = EvidenceBook.shop.changing("visits") { $0.indexes = [] }
    #expect(
      try rule.findings(in: "fires-when-an-indexed-table-is-read-beside-few-rows", evidence: unindexed)
        .isEmpty,
      "without an index there was nothing else to choose")
  }

  @Test func blamesTheHashThatOutgrewItsPlan() throws {
    let finding = try rule.finding(in: "fires-when-a-hash-outgrows-its-plan")
    #expect(finding.observations[0].contains("was planned for 1 batches and needed 2"))
  }

  @Test func sharesTheTimeOfAParallelLoopAmongItsProcesses() throws {
    let finding = try rule.finding(in: "fires-in-parallel-plan")
    #expect(
      finding.title == "The planner expected 33.5x too few rows from Parallel Seq Scan on public.shops s")
    #expect(finding.impact.milliseconds.map { abs($0 - 0.352 * 200 / 3) < 0.01 } ?? false)
  }

  @Test func doesNotListTheSameErrorAgainFurtherUp() throws {
    let misestimates = Misestimate.all(
      in: try DiagnosticCase(Fixture(rule: "EstimationError", stem: "fires-on-stale-statistics")))
    #expect(misestimates.map(\.node) == [1])
  }

  @Test func saysThatAnIndexWouldHaveLedToTheFewRowsThatCame() throws {
    let plan = """
      Seq Scan on public.imports i  (cost=0.00..1075.00 rows=20000 width=9) (actual time=0.019..30.630 rows=12 loops=1)
        Filter: (i.batch = 3)
        Rows Removed by Filter: 59988
      Execution Time: 30.682 ms
      """
    let finding = try #require(rule.examine(try DiagnosticCase(plan)).findings.first)
    #expect(finding.observations[0].contains("imports_batch_idx would have led to the 12 that came"))
  }

  @Test func countsApartTheRowsOfAScanThatALimitStopped() throws {
    let plan = """
      Limit  (cost=0.42..40.52 rows=10 width=12) (actual time=0.036..312.267 rows=10 loops=1)
        ->  Index Scan using visits_at_idx on public.visits v  (cost=0.42..16042.42 rows=4000 width=12) (actual time=0.034..312.264 rows=10 loops=1)
              Filter: (v.visitor = 'visitor-5'::text)
              Rows Removed by Filter: 390000
      Execution Time: 312.293 ms
      """
    for (counted, fires) in [(800.0, true), (801, false)] {
      let book = EvidenceBook.shop.changing("visits") {
        $0.predicateCounts = [PredicateCount(predicates: ["(v.visitor = 'visitor-5'::text)"], rows: counted)]
      }
      let findings = rule.examine(try DiagnosticCase(plan, evidence: book)).findings
      #expect(findings.isEmpty != fires, "5x fewer than the 4,000 that were expected")
    }
  }

  @Test func followsTheErrorOfACTEToItsScans() throws {
    let plan = """
      Nested Loop  (cost=448.29..480.33 rows=4 width=15) (actual time=9.608..950.382 rows=5 loops=1)
        CTE picked
          ->  Seq Scan on public.shops s  (cost=0.00..448.00 rows=4 width=4) (actual time=0.008..9.224 rows=200 loops=1)
                Filter: ((s.city = 'city-7'::text) AND (s.country = 'country-3'::text))
                Rows Removed by Filter: 19800
        ->  CTE Scan on picked  (cost=0.00..0.08 rows=4 width=4) (actual time=0.010..9.424 rows=200 loops=1)
        ->  Index Scan using visits_shop_id_idx on public.visits v  (cost=0.29..98.07 rows=1 width=15) (actual time=0.204..4.605 rows=1 loops=200)
              Index Cond: (v.shop_id = picked.id)
      Execution Time: 950.434 ms
      """
    let finding = try #require(rule.examine(try DiagnosticCase(plan)).findings.first)
    #expect(finding.title.contains("Seq Scan on public.shops s"))
    #expect(finding.blamedNodes == [3])
  }

  @Test func followsAScanToTheCTEOfItsOwnScope() throws {
    let plan = """
      Nested Loop  (cost=448.29..480.33 rows=4 width=15) (actual time=9.608..950.382 rows=5 loops=1)
        CTE other
          ->  CTE Scan on picked picked_1  (cost=1.00..1.08 rows=4 width=4) (actual time=0.010..0.024 rows=4 loops=1)
                CTE picked
                  ->  Seq Scan on public.staff  (cost=0.00..1.00 rows=4 width=4) (actual time=0.008..0.010 rows=4 loops=1)
        CTE picked
          ->  Seq Scan on public.shops s  (cost=0.00..448.00 rows=4 width=4) (actual time=0.008..9.224 rows=200 loops=1)
                Filter: ((s.city = 'city-7'::text) AND (s.country = 'country-3'::text))
                Rows Removed by Filter: 19800
        ->  CTE Scan on picked  (cost=0.00..0.08 rows=4 width=4) (actual time=0.010..9.424 rows=200 loops=1)
        ->  Index Scan using visits_shop_id_idx on public.visits v  (cost=0.29..98.07 rows=1 width=15) (actual time=0.204..4.605 rows=1 loops=200)
              Index Cond: (v.shop_id = picked.id)
      Execution Time: 950.434 ms
      """
    let finding = try #require(rule.examine(try DiagnosticCase(plan)).findings.first)
    #expect(finding.title.contains("Seq Scan on public.shops s"))
    #expect(finding.blamedNodes == [5])
  }
}

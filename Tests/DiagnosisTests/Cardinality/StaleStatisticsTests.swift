import Catalog
import Testing

@testable import Diagnosis

@Suite struct StaleStatisticsTests {
  private let rule = StaleStatistics()
  private let stem = "fires-after-bulk-load"

  /// The imports as they would be with these signs of age.
  private func imports(recorded: Double = 60_000, modified: Double? = 0, counted: Double? = 60_000)
    -> EvidenceBook
  {
    EvidenceBook.shop.changing("imports") { relation in
      relation.statistics.relTuples = recorded
      relation.statistics.relPages = relation.statistics.currentPages
      relation.statistics.modifiedSinceAnalyze = modified
      relation.rowCount = counted.map { CountedRows($0) }
    }
  }

  @Test func namesTheTableTheErrorAndWhatItCost() throws {
    let finding = try rule.finding(in: stem)
    #expect(finding.title == "Stale statistics of public.imports made the planner miss by 19,833x")
    #expect(finding.blamedNodes == [2])
    #expect(finding.impact.milliseconds == 257.829)
    #expect(
      finding.observations == [
        "pg_class.reltuples says 500 rows for public.imports, count(*) says 60,000 (last analyzed 2024-05-01 04:00:00+00)."
      ])
    #expect(finding.remedies.map(\.action) == [.analyze(QualifiedName(schema: "public", name: "imports"))])
    #expect(finding.cause.basis == .supportedByCatalog)
  }

  @Test func carriesTheMisestimateAsItsConsequence() throws {
    let examination = RuleRegistry.examine(
      try DiagnosticCase(Fixture(rule: "StaleStatistics", stem: "fires-after-bulk-load")))
    let ranked = examination.ranked().findings
    #expect(
      ranked.map(\.finding.rule) == [
        StaleStatistics.name, EstimationError.name, NestedLoopAmplification.name,
      ])
    #expect(ranked.map(\.consequenceOf) == [nil, 1, 1])
  }

  @Test(arguments: [(72_000.0, false), (72_001, true), (48_000, false), (47_999, true)])
  func takesReltuplesThatAreOffByMoreThan20PercentForStale(_ recorded: Double, fires: Bool) throws {
    #expect(try rule.findings(in: stem, evidence: imports(recorded: recorded)).isEmpty != fires)
  }

  @Test(arguments: [(9_915.0, false), (9_916, true)])
  func takesAShareForStaleWhenTheChangedRowsAccountForHalfOfTheDifference(_ modified: Double, fires: Bool)
    throws
  {
    #expect(try rule.findings(in: stem, evidence: imports(modified: modified)).isEmpty != fires)
  }

  @Test(arguments: [(12_000.0, false), (12_001, true)])
  func takesMoreThan20PercentOfChangedRowsForStaleWhereNothingWasCounted(_ modified: Double, fires: Bool)
    throws
  {
    let book = imports(modified: modified, counted: nil).changing("imports") {
      $0.statistics.relTuples = 60_000
    }
    let uncounted = book.changing("imports") { $0.columns = [] }
    #expect(try rule.findings(in: stem, evidence: uncounted).isEmpty != fires)
  }

  @Test func takesATableWithoutAnyColumnStatisticsForNeverAnalyzed() throws {
    let book = imports().changing("imports") { relation in
      for position in relation.columns.indices { relation.columns[position].distribution = nil }
    }
    let finding = try rule.finding(in: stem, evidence: book)
    #expect(finding.observations[0].contains("was never analyzed"))
    let hidden = book.changing("imports") { $0.statistics.rowSecurityActive = true }
    #expect(try rule.findings(in: stem, evidence: hidden).isEmpty, "row security hides pg_stats")
    let empty = book.changing("imports") { $0.rowCount = CountedRows(0) }
    #expect(try rule.findings(in: stem, evidence: empty).isEmpty, "an empty table has none by nature")
  }

  @Test func staysSilentWithoutTheActivityCountersWhenTheCountsAgree() throws {
    #expect(try rule.findings(in: stem, evidence: imports(modified: nil)).isEmpty)
  }

  @Test func blamesThePartitionWhoseStatisticsAreStale() throws {
    let plan = """
      Nested Loop  (cost=0.70..12.74 rows=1 width=11) (actual time=0.060..259.679 rows=19833 loops=1)
        ->  Append  (cost=0.29..4.31 rows=2 width=7) (actual time=0.042..4.664 rows=19833 loops=1)
              ->  Seq Scan on public.events_2024_01 e_1  (cost=0.00..1.00 rows=1 width=7) (actual time=0.042..4.064 rows=19832 loops=1)
              ->  Seq Scan on public.events_2024_02 e_2  (cost=0.00..1.00 rows=1 width=7) (actual time=0.042..0.064 rows=1 loops=1)
        ->  Index Scan using stock_pkey on public.stock s  (cost=0.41..8.43 rows=1 width=13) (actual time=0.013..0.013 rows=1 loops=19833)
              Index Cond: (s.sku = e.kind)
      Execution Time: 268.403 ms
      """
    let book = EvidenceBook.shop.changing("events_2024_01") { $0.statistics.relTuples = 1 }
    let finding = try #require(rule.examine(try DiagnosticCase(plan, evidence: book)).findings.first)
    #expect(
      finding.remedies.map(\.action) == [.analyze(QualifiedName(schema: "public", name: "events_2024_01"))])
  }
}

import Catalog
import Testing

@testable import Diagnosis

@Suite struct AnomalousRowsTests {
  private let rule = AnomalousRows()

  @Test func reportsABugAndNothingToTune() throws {
    let finding = try rule.finding(in: "fires-over-ten-times-the-counted-rows")
    #expect(finding.severity == .bugReport)
    #expect(finding.impact == .none)
    #expect(finding.remedies.map(\.action) == [.reportBug])
    #expect(finding.cause.basis == .supportedByCatalog)
    #expect(finding.observations[0].contains("The table has 200,000 rows (count(*) of public.orders)."))
  }

  @Test func believesReltuplesOnlyWhereNothingCanBeCounted() throws {
    let book = EvidenceBook.shop.changing("orders") { $0.rowCount = nil }
    let stem = "fires-over-ten-times-the-counted-rows"
    #expect(try rule.findings(in: stem, evidence: book, engine: .postgres).isEmpty)
    #expect(try rule.findings(in: stem, evidence: book, engine: .dsql).count == 1)
  }

  @Test func takesNoSampleForACount() throws {
    let book = EvidenceBook.shop.changing("orders") { $0.rowCount = CountedRows(200_000, method: .sampled) }
    #expect(try rule.findings(in: "fires-over-ten-times-the-counted-rows", evidence: book).isEmpty)
  }

  @Test func blamesTheLowestOfTheNodesThatReportImpossibleLookups() throws {
    let stem = "fires-on-dsql-storage-lookup"
    #expect(try rule.findings(in: stem).map(\.blamedNodes) == [[8]])
    #expect(try rule.findings(in: stem, evidence: EvidenceBook()).isEmpty)
  }

  @Test func testsOnlyTheAbsoluteBoundsWithoutEvidence() throws {
    #expect(try rule.findings(in: "fires-over-2-to-the-53", evidence: EvidenceBook()).count == 1)
    #expect(try rule.findings(in: "fires-on-negative-rows", evidence: EvidenceBook()).count == 1)
    #expect(try rule.findings(in: "fires-over-ten-times-the-counted-rows", evidence: EvidenceBook()).isEmpty)
  }

  @Test func believesAnEmptyTableToHaveOneRow() throws {
    let book = EvidenceBook.shop.changing("orders") { $0.rowCount = CountedRows(0) }
    for (rows, fires) in [(10, false), (11, true)] {
      let plan = """
        Seq Scan on public.orders  (cost=0.00..1.00 rows=1 width=4) (actual time=0.002..0.372 rows=\(rows) loops=1)
        Execution Time: 0.400 ms
        """
      #expect(rule.examine(try DiagnosticCase(plan, evidence: book)).findings.isEmpty != fires)
    }
  }
}

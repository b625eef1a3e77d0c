import Catalog
import Testing

@testable import Diagnosis

@Suite struct SortSpillTests {
  private let rule = SortSpill()

  private func workMem(_ finding: Finding) -> Int? {
    guard case .setWorkMem(let kilobytes) = finding.remedies.first?.action else { return nil }
    return kilobytes
  }

  @Test func asksForTheMemoryThatTheRowsNeed() throws {
    let finding = try rule.finding(in: "fires-on-external-merge")
    #expect(finding.title == "Sort went to disk (17 MB)")
    // 200,000 rows of 78 bytes and 48 bytes beside them, times 1.3, is 31 MB; in 32 MB they were sorted.
    #expect(workMem(finding) == 32_768)
    #expect(finding.cause.explanation == ["The rows need about 31 MB of memory; work_mem is 4.0 MB."])
    #expect(finding.cause.basis == .supportedByCatalog)
  }

  @Test func countsTheRowsThatWentInBelowALimit() throws {
    let finding = try rule.finding(in: "fires-below-limit-and-offset")
    #expect(finding.measurements.first?.value == 200_000)
    #expect(finding.observations[0].contains("sorted 200,000 rows"))
  }

  @Test func asksForTheMemoryOfOneProcessInAParallelPlan() throws {
    let finding = try rule.finding(in: "fires-in-every-process-of-a-parallel-sort")
    #expect(finding.observations[0].contains("in each of 3 processes"))
    #expect(workMem(finding) == 32_768)
    #expect(finding.impact.milliseconds.map { $0 < 972.565 } ?? false)
  }

  @Test func doesNotKnowTheSettingWithoutEvidence() throws {
    let finding = try rule.finding(in: "fires-on-external-merge", evidence: EvidenceBook())
    #expect(finding.cause.basis == .inferredFromPlan)
    #expect(finding.cause.check == "SHOW work_mem;")
    #expect(workMem(finding) == 32_768)
  }

  @Test func neverAdvisesWorkMemOnAuroraDSQL() throws {
    let finding = try rule.finding(in: "fires-on-dsql-without-work-mem-advice")
    #expect(finding.remedies.isEmpty)
    #expect(finding.noRemedy?.contains("does not let work_mem be set") ?? false)
  }

  @Test func asksForNoMoreThanOneGigabyteOverAllProcesses() throws {
    // Rows of 400 bytes: 448 each in memory, times 1.3.
    for (rows, isAdvised) in [(1_843_650, true), (1_843_660, false)] {
      let plan = """
        Sort  (cost=1.00..2.00 rows=\(rows) width=400) (actual time=4000.000..5000.000 rows=\(rows) loops=1)
          Sort Key: o.note
          Sort Method: external merge  Disk: 700000kB
          ->  Seq Scan on public.orders o  (cost=0.00..1.00 rows=\(rows) width=400) (actual time=0.002..26.372 rows=\(rows) loops=1)
        Execution Time: 5100.000 ms
        """
      let finding = try #require(rule.examine(try DiagnosticCase(plan)).findings.first)
      #expect(workMem(finding) == (isAdvised ? 1_048_576 : nil))
      #expect((finding.noRemedy == nil) == isAdvised)
    }
  }
}

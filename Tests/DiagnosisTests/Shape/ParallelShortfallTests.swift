import Catalog
import Testing

@testable import Diagnosis

@Suite struct ParallelShortfallTests {
  private let rule = ParallelShortfall()

  @Test func raisesTheLimitThatKeptWorkersFromStarting() throws {
    let finding = try rule.finding(in: "fires-when-a-worker-was-missing")
    #expect(finding.title == "2 workers planned, 1 started")
    #expect(finding.settings == "max_parallel_workers = 2")
    // Three processes instead of two take a third less.
    #expect(finding.impact.milliseconds.map { $0 > 123 && $0 < 124 } ?? false)
  }

  @Test func advisesNothingWhereOthersHadTheWorkers() throws {
    let text = try Fixture(rule: "ParallelShortfall", stem: "fires-when-a-worker-was-missing").text()
      .replacing("max_parallel_workers = '1'", with: "max_parallel_workers = '8'")
    let finding = try #require(rule.examine(try DiagnosticCase(text)).findings.first)
    #expect(finding.remedies.isEmpty)
    #expect(finding.noRemedy?.contains("at this moment") == true)
    #expect(finding.cause.check != nil)
  }

  @Test func namesTheSettingThatForbidsWorkers() throws {
    let finding = try rule.finding(in: "fires-when-the-setting-forbids-workers")
    // 2,942 pages: one worker from 1,024 on, the second from 3,072 on.
    #expect(finding.settings == "max_parallel_workers_per_gather = 1")
    #expect(finding.blamedNodes.sorted() == [0, 1])
    #expect(finding.impact.milliseconds.map { $0 > 130 && $0 < 131 } ?? false)
  }

  @Test func restoresTheTablesOption() throws {
    let finding = try rule.finding(in: "fires-when-the-table-forbids-workers")
    #expect(
      finding.remedies.first?.action
        == .setTableOption(
          QualifiedName(schema: "public", name: "slow_events"), name: .parallelWorkers, value: nil))
    #expect(finding.impact.milliseconds.map { $0 > 620 && $0 < 621 } ?? false)
  }

  @Test func givesTheNumberWhereTheTableIsTooSmallForThePlanner() throws {
    let book = EvidenceBook.shop.changing("slow_events") {
      $0.statistics.relPages = 1_023
      $0.statistics.currentPages = 1_023
    }
    let finding = try rule.finding(in: "fires-when-the-table-forbids-workers", evidence: book)
    #expect(
      finding.remedies.first?.action
        == .setTableOption(
          QualifiedName(schema: "public", name: "slow_events"), name: .parallelWorkers, value: 2))
  }

  @Test func namesTheFunctionThatForbidsWorkers() throws {
    let finding = try rule.finding(in: "fires-when-a-function-forbids-workers")
    #expect(finding.title.hasSuffix("has no workers: public.score is not marked PARALLEL SAFE"))
    #expect(finding.sentence?.hasPrefix("Mark public.score PARALLEL SAFE") == true)
  }

  @Test func namesNothingThatIsNotShown() throws {
    var book = EvidenceBook.shop
    book.functions = []
    #expect(try rule.findings(in: "fires-when-a-function-forbids-workers", evidence: book).isEmpty)
    #expect(try rule.findings(in: "fires-when-the-setting-forbids-workers", evidence: EvidenceBook()).isEmpty)
  }

  @Test(arguments: [(100.0, 1_000, 1), (99.9, 1_000, 0), (100, 2_001, 0)])
  func firesFromAHundredMillisecondsOn(_ scan: Double, _ total: Int, _ count: Int) throws {
    let text = """
      Seq Scan on public.visits v  (cost=0.00..9.00 rows=9 width=8) (actual time=0.010..\(scan) rows=9 loops=1)
      Settings: max_parallel_workers_per_gather = '0'
      Execution Time: \(total).000 ms
      """
    #expect(rule.examine(try DiagnosticCase(text)).findings.count == count)
  }
}

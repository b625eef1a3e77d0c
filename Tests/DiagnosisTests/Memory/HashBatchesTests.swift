import Catalog
import Testing

@testable import Diagnosis

@Suite struct HashBatchesTests {
  private let rule = HashBatches()

  @Test func asksForTheMemoryThatTheBuildSideNeeds() throws {
    let finding = try rule.finding(in: "fires-on-batches-as-planned")
    #expect(
      finding.title == "Hash Join went to disk: its hash table took 32 batches", "\(finding.title)")
    // 200,000 rows of 69 bytes took 22 MB in one batch.
    #expect(finding.workMemMegabytes == 32)
    #expect(finding.explainedBy == nil)
    #expect(finding.blamedNodes.sorted() == [1, 3])
  }

  @Test func countsTheMultiplierAndTheProcessesOfASharedTable() throws {
    let finding = try rule.finding(in: "fires-in-every-process-of-a-parallel-hash")
    // hash_mem_multiplier was not seen and may be 1; two processes share one table.
    #expect(finding.workMemMegabytes == 16)
    let book = EvidenceBook(settings: [
      PlannerSetting(name: "work_mem", value: "1024", unit: "kB"),
      PlannerSetting(name: "hash_mem_multiplier", value: "2"),
    ])
    let known = try rule.finding(in: "fires-in-every-process-of-a-parallel-hash", evidence: book)
    #expect(known.workMemMegabytes == 8)
    #expect(known.cause.basis == .supportedByCatalog)
  }

  @Test func followsFromTheEstimateOfItsBuildSide() throws {
    let finding = try rule.finding(in: "fires-when-the-build-side-was-underestimated")
    #expect(finding.explainedBy == ProblemKey(EstimationError.name, "4"))
    #expect(finding.observations[0].contains("in 8 batches, planned for 1"))
  }

  /// A Hash that took so long of 1,000 ms; the join has a filter, so that its own time is not blamed.
  private func plan(milliseconds: Double, batches: Int = 2) -> String {
    """
    Hash Join  (cost=1.00..2.00 rows=1000 width=8) (actual time=1.000..999.000 rows=1000 loops=1)
      Hash Cond: (a.id = b.id)
      Join Filter: (a.x <> b.x)
      ->  Seq Scan on public.a  (cost=0.00..1.00 rows=1000 width=8) (actual time=0.000..800.000 rows=1000 loops=1)
      ->  Hash  (cost=1.00..1.00 rows=1000 width=8) (actual time=\(milliseconds)..\(milliseconds) rows=1000 loops=1)
            Buckets: 1024  Batches: \(batches)  Memory Usage: 64kB
            ->  Seq Scan on public.b  (cost=0.00..1.00 rows=1000 width=8) (actual time=0.000..0.000 rows=1000 loops=1)
    Execution Time: 1000.000 ms
    """
  }

  @Test(arguments: [(50.0, 2, 1), (49.9, 2, 0), (50, 1, 0)])
  func firesFromASecondBatchAndFivePercentOn(_ milliseconds: Double, _ batches: Int, _ count: Int) throws {
    let query = try DiagnosticCase(plan(milliseconds: milliseconds, batches: batches))
    #expect(rule.examine(query).findings.count == count)
  }

  @Test func leavesTheJoinOutWhereItsFilterMayTakeTheTime() throws {
    let finding = try #require(rule.examine(try DiagnosticCase(plan(milliseconds: 60))).findings.first)
    #expect(finding.blamedNodes == [2])
    #expect(finding.impact.milliseconds == 60)
  }

  @Test func asksForOneSettingWhereSeveralNodesSpill() throws {
    let text = """
      Sort  (cost=1.00..2.00 rows=200000 width=78) (actual time=800.000..999.000 rows=200000 loops=1)
        Sort Key: a.note
        Sort Method: external merge  Disk: 17888kB
        ->  Hash Join  (cost=1.00..2.00 rows=200000 width=78) (actual time=1.000..600.000 rows=200000 loops=1)
              Hash Cond: (a.id = b.id)
              ->  Seq Scan on public.a  (cost=0.00..1.00 rows=1000 width=8) (actual time=0.000..100.000 rows=1000 loops=1)
              ->  Hash  (cost=1.00..1.00 rows=1000000 width=8) (actual time=90.000..90.000 rows=1000000 loops=1)
                    Buckets: 1024  Batches: 8  Memory Usage: 3064kB
                    ->  Seq Scan on public.b  (cost=0.00..1.00 rows=1000000 width=8) (actual time=0.000..0.000 rows=1000000 loops=1)
      Execution Time: 1000.000 ms
      """
    let ranked = RuleRegistry.examine(try DiagnosticCase(text)).ranked().findings
      .filter { [SortSpill.name, HashBatches.name].contains($0.finding.rule) }
    #expect(ranked.map(\.finding.rule) == [HashBatches.name, SortSpill.name])
    #expect(ranked.map(\.finding.workMemMegabytes) == [64, nil])
  }
}

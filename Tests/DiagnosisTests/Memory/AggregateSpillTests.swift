import Testing

@testable import Diagnosis

@Suite struct AggregateSpillTests {
  private let rule = AggregateSpill()

  @Test func asksForTheMemoryThatTheGroupsNeed() throws {
    let finding = try rule.finding(in: "fires-on-hashed-groups")
    #expect(finding.title == "HashAggregate went to disk (12 MB)")
    // 150,000 groups took 24 MB in memory, and 24 MB of work_mem was just not enough.
    #expect(finding.workMemMegabytes == 32)
    #expect(finding.cause.basis == .supportedByCatalog)
  }

  @Test func knowsDistinctAsAnAggregate() throws {
    // 200,000 values of 65 bytes did not fit into 32 MB.
    #expect(try rule.finding(in: "fires-on-distinct").workMemMegabytes == 64)
  }

  /// An aggregate that took so long of 1,000 ms and wrote so much.
  private func plan(milliseconds: Double, disk: String = "Disk Usage: 100kB", expected: Int = 1_000) -> String
  {
    """
    HashAggregate  (cost=1.00..2.00 rows=\(expected) width=8) (actual time=1.000..\(900 + milliseconds) rows=1000 loops=1)
      Group Key: a.x
      Batches: 5  Memory Usage: 4145kB  \(disk)
      ->  Seq Scan on public.a  (cost=0.00..1.00 rows=9000 width=8) (actual time=0.000..900.000 rows=9000 loops=1)
    Execution Time: 1000.000 ms
    """
  }

  @Test func firesOnAnyDiskFromFivePercentOn() throws {
    for (text, count) in [
      (plan(milliseconds: 50), 1), (plan(milliseconds: 49.9), 0), (plan(milliseconds: 90, disk: ""), 0),
    ] {
      #expect(rule.examine(try DiagnosticCase(text)).findings.count == count, "\(text)")
    }
  }

  @Test(arguments: [(200, true), (201, false)])
  func followsFromAnEstimateThatIsFiveTimesTooLow(_ expected: Int, _ follows: Bool) throws {
    let query = try DiagnosticCase(plan(milliseconds: 90, expected: expected))
    let finding = try #require(rule.examine(query).findings.first)
    #expect((finding.explainedBy == ProblemKey(EstimationError.name, "0")) == follows)
  }
}

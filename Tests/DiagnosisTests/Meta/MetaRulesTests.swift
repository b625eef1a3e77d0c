import Testing

@testable import Diagnosis

/// What is said of the measurement itself.
@Suite struct MetaRulesTests {
  @Test func aPlanThatWasNotRunCostsNothingAndRanksLast() throws {
    let query = try DiagnosticCase(Fixture(rule: "EstimateOnly", stem: "fires-without-analyze"))
    let examination = RuleRegistry.examine(query)
    #expect(examination.findings.map(\.rule) == [EstimateOnly.name])
    #expect(examination.ranked().findings.isEmpty, "the report's first lines say it already")
    #expect(examination.ranked().minor.count == 1)
  }

  @Test func theClockIsCountedForEveryCall() throws {
    let finding = try TimingOverhead().finding(in: "fires-on-cheap-inner-side")
    #expect(finding.remedies.isEmpty)
    #expect(finding.impact.share >= TimingOverhead.leastShare)
    #expect(finding.impact.share < 0.3)
  }

  @Test(arguments: [(99_999, false), (100_000, true)])
  func theClockIsOfNoInterestWithoutManyLoops(_ loops: Int, _ fires: Bool) throws {
    let plan = """
      Nested Loop  (cost=0.00..1.00 rows=1 width=4) (actual time=0.010..40.000 rows=\(loops) loops=1)
        ->  Seq Scan on public.logs  (cost=0.00..1.00 rows=1 width=4) (actual time=0.010..10.000 rows=\(loops) loops=1)
        ->  Result  (cost=0.00..1.00 rows=1 width=4) (actual time=0.000..0.000 rows=1 loops=\(loops))
      Execution Time: 41.000 ms
      """
    #expect(TimingOverhead().examine(try DiagnosticCase(plan)).findings.isEmpty != fires)
  }

  @Test func readingIsTheConsequenceOfTheScanThatReads() throws {
    let finding = try ReadDPUDominates().finding(in: "fires-on-full-read")
    #expect(finding.title == "Reading takes 72.9% of the DPU")
    #expect(finding.blamedNodes == [0])
    #expect(finding.remedies.isEmpty)
  }
}

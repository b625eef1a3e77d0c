import Catalog
import PlanReading
import Testing

@testable import Diagnosis

/// Own times that add up to more than the whole are no ground for advice.
@Suite struct ContradictoryTimesTests {
  private static func gaps(rootTime: String) throws -> [EvidenceGap] {
    let plan = try PlanReader.read(
      """
      Sort  (cost=1.00..2.00 rows=10 width=4) (actual time=0.100..\(rootTime) rows=10 loops=1)
        Sort Key: a
        ->  Seq Scan on t  (cost=0.00..1.00 rows=10 width=4) (actual time=0.010..31.000 rows=10 loops=1)
      Execution Time: 40.000 ms
      """
    ).plan
    return RuleRegistry.examine(
      DiagnosticCase(
        plan: plan, conditions: PlanConditions(plan), statement: nil, evidence: EvidenceBook(),
        engine: .postgres)
    ).gaps.filter { $0.missing == "where the time went" }
  }

  @Test func areSaidToContradictEachOther() throws {
    let gap = try #require(try Self.gaps(rootTime: "10.000").first)
    #expect(
      gap.missing == "where the time went" && gap.reason.contains("add up to 310% of the root's 10.0 ms"))
  }

  @Test(arguments: ["29.530", "31.000", "40.000"]) func areLeftAloneWithinFivePercent(_ rootTime: String)
    throws
  {
    #expect(try Self.gaps(rootTime: rootTime).isEmpty)
  }
}

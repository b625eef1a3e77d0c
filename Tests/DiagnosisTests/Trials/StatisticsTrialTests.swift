import Catalog
import PlanModel
import PlanReading
import Testing

@testable import Diagnosis

@Suite struct StatisticsTrialTests {
  private static let stale = Fixture(rule: "StaleStatistics", stem: "fires-after-bulk-load")

  private static func hashJoin(milliseconds: Double) throws -> ExperimentVariant {
    let text = """
      Hash Join  (cost=1.00..2.00 rows=1 width=11) (actual time=1.000..\(milliseconds) rows=19833 loops=1)
        Hash Cond: (i.sku = s.sku)
        ->  Seq Scan on public.imports i  (cost=0.29..4.31 rows=1 width=7) (actual time=0.042..4.664 rows=19833 loops=1)
        ->  Hash  (cost=0.29..4.31 rows=1 width=7) (actual time=0.042..4.664 rows=60000 loops=1)
              ->  Seq Scan on public.stock s  (cost=0.29..4.31 rows=1 width=7) (actual time=0.042..4.664 rows=60000 loops=1)
      Execution Time: \(milliseconds) ms
      """
    return ExperimentVariant(
      name: "Hash Join Only", settings: [PlanProperty("enable_nestloop", "off")],
      outcome: .completed(try PlanReader.read(text).plan))
  }

  /// The findings of the bulk load after its nested loop, which takes 268.403 ms, ran against a hash join.
  private static func findings(hashJoin milliseconds: Double) throws -> [Finding] {
    let query = try DiagnosticCase(stale)
    let baseline = ExperimentVariant(name: "Default", settings: [], outcome: .completed(query.plan))
    let table = ExperimentTable(
      variants: [baseline, try hashJoin(milliseconds: milliseconds)], capturedTime: nil)
    return RuleRegistry.examine(query).afterTrials(.done(table), of: query.plan).findings
  }

  @Test func expectsOfAnalyzeWhatTheOtherJoinSaved() throws {
    let finding = try #require(try Self.findings(hashJoin: 68.403).first { $0.rule == StaleStatistics.name })
    guard case .computed(let upTo, let source) = try #require(finding.remedies.first).expectation else {
      Issue.record("\(finding.remedies)")
      return
    }
    #expect(abs(upTo - 200) < 0.001)
    #expect(source.contains("Hash Join Only"))
    #expect(source.contains("ANALYZE itself was not run"))
  }

  @Test(arguments: [(241.5, true), (241.6, false)])
  func withdrawsAnalyzeWhereTheOtherJoinIsNoFaster(_ milliseconds: Double, isAdvised: Bool) throws {
    let findings = try Self.findings(hashJoin: milliseconds)
    let stale = try #require(findings.first { $0.rule == StaleStatistics.name })
    #expect(stale.remedies.isEmpty != isAdvised)
    #expect((stale.noRemedy != nil) != isAdvised)
    let effect = try #require(findings.first { $0.rule == EstimationError.name })
    #expect((effect.explainedBy != nil) == isAdvised, "what it would have cured stands for itself")
  }
}

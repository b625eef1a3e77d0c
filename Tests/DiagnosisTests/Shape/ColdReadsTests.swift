import PlanModel
import Testing

@testable import Diagnosis

@Suite struct ColdReadsTests {
  private let rule = ColdReads()

  @Test func advisesNothingForAColdCache() throws {
    let finding = try rule.finding(in: "fires-on-reads-over-half")
    #expect(finding.remedies.isEmpty)
    #expect(finding.noRemedy?.contains("warm times") ?? false)
    #expect(finding.impact.milliseconds.map { $0 <= 66.128 } ?? false)
  }

  private func section(captured: Double, warm: Double, readsAgain: Double) throws -> (
    ExperimentSection, ExplainedPlan
  ) {
    func plan(_ time: Double, _ blocks: Double) throws -> ExplainedPlan {
      try DiagnosticCase(
        """
        Seq Scan on public.logs  (cost=0.00..1.00 rows=1 width=4) (actual time=0.010..\(time) rows=1 loops=1)
          Buffers: shared hit=10 read=\(Int(blocks))
        Execution Time: \(time) ms
        """
      ).plan
    }
    let warmPlan = try plan(warm, readsAgain)
    let baseline = ExperimentVariant(name: "Default", settings: [], outcome: .completed(warmPlan))
    let table = ExperimentTable(variants: [baseline], capturedTime: captured)
    return (.done(table), try plan(captured, 10_000))
  }

  @Test(arguments: [
    (200.2, 100.0, 0.0, true), (200.0, 100.0, 0.0, false), (500.0, 100.0, 5_000.0, true),
    (500.0, 100.0, 5_001.0, false),
  ])
  func isProvenByAWarmRunOfLessThanHalfTheTime(
    _ captured: Double, _ warm: Double, _ readsAgain: Double, _ isCold: Bool
  ) throws {
    let (section, plan) = try section(captured: captured, warm: warm, readsAgain: readsAgain)
    let findings = Examination().afterTrials(section, of: plan).findings
    #expect((findings.first?.rule == ColdReads.name) == isCold)
    #expect(findings.first?.cause.basis == (isCold ? .provenByTrial : nil))
  }

  @Test func isWithdrawnWhereAWarmRunIsAsSlow() throws {
    var examination = Examination()
    examination.findings = [try rule.finding(in: "fires-on-reads-over-half")]
    let (section, plan) = try section(captured: 108, warm: 100, readsAgain: 10_000)
    #expect(examination.afterTrials(section, of: plan).findings.isEmpty)
  }
}

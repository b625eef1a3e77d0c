import Catalog
import Testing

@testable import Diagnosis

@Suite struct JITDominatesTests {
  private let rule = JITDominates()

  @Test func turnsItOffForTheSessionAndSaysWhatTheCostRestsOn() throws {
    let book = EvidenceBook(settings: [PlannerSetting(name: "jit_above_cost", value: "100000")])
    let finding = try rule.finding(in: "fires-on-small-query-with-large-cost", evidence: book)
    #expect(finding.title == "Compiling took 99.8% of the execution")
    #expect(finding.settings == "jit = off")
    #expect(finding.impact.milliseconds == 352.373)
    #expect(finding.cause.explanation[0].contains("500,859, is over jit_above_cost (100,000)"))
    #expect(finding.cause.explanation[1].contains("was expected to make 20,000,000 rows and made 1,450"))
    #expect(finding.cause.basis == .supportedByCatalog)
  }

  @Test func dividesTheTimeByTheProcessesThatCompileAtOnce() throws {
    let finding = try rule.finding(in: "fires-in-parallel-plan")
    #expect(finding.impact.milliseconds.map { $0 > 381 && $0 < 382 } ?? false)
    #expect(finding.cause.basis == .supportedByCatalog, "the plan prints the setting")
  }

  @Test(arguments: [(250.1, 1), (250, 0)])
  func firesOverAQuarter(_ compiling: Double, _ count: Int) throws {
    let text = """
      Seq Scan on public.a  (cost=0.00..900000.00 rows=9 width=8) (actual time=1.000..999.000 rows=9 loops=1)
      JIT:
        Functions: 2
        Timing: Generation 0.302 ms, Inlining 0.000 ms, Optimization 0.191 ms, Emission 7.473 ms, Total \(compiling) ms
      Execution Time: 1000.000 ms
      """
    #expect(rule.examine(try DiagnosticCase(text)).findings.count == count)
  }
}

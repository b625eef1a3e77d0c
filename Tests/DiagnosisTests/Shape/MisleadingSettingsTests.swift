import Catalog
import PlanModel
import PlanReading
import Testing

@testable import Diagnosis

@Suite struct MisleadingSettingsTests {
  private let rule = MisleadingSettings()

  @Test func advisesTheDefaultsOfWhatTheSessionForbids() throws {
    let finding = try rule.finding(in: "fires-with-nested-loops-off")
    #expect(finding.title == "The planner is bound by enable_nestloop = off")
    #expect(finding.settings == "enable_nestloop = on")
    #expect(finding.impact.milliseconds == 242.704)
    #expect(finding.cause.basis == .unverified)
    #expect(finding.cause.check?.contains("SET enable_nestloop = on;") ?? false)
  }

  @Test func advisesTheDefaultsOfWhatIsPricedOut() throws {
    #expect(
      try rule.finding(in: "fires-with-random-pages-priced-out").settings == "random_page_cost = 4.0")
  }

  /// A scan of 10 ms under these settings.
  private func findings(_ settings: String, time: Double = 10, imposed: Set<String> = []) throws -> [Finding]
  {
    let base = try DiagnosticCase(
      """
      Seq Scan on public.a  (cost=0.00..900.00 rows=9 width=8) (actual time=0.001..\(time) rows=9 loops=1)
      Settings: \(settings)
      Execution Time: \(time) ms
      """)
    return rule.examine(
      DiagnosticCase(
        plan: base.plan, conditions: base.conditions, statement: nil, evidence: base.evidence,
        engine: .postgres, imposedSettings: imposed)
    ).findings
  }

  @Test(arguments: [
    ("random_page_cost = '16'", 1), ("random_page_cost = '15.9'", 0), ("random_page_cost = '1'", 0),
    ("random_page_cost = '0.9'", 1), ("random_page_cost = '40', seq_page_cost = '10'", 0),
    ("cpu_tuple_cost = '0.04'", 1), ("cpu_tuple_cost = '0.03'", 0), ("cpu_operator_cost = '0.0006'", 1),
    ("enable_seqscan = 'off'", 1), ("enable_partitionwise_join = 'off'", 0), ("enable_hashjoin = 'on'", 0),
  ])
  func firesOnlyOnWhatIsFarFromTheDefaults(_ settings: String, _ count: Int) throws {
    #expect(try findings(settings).count == count)
  }

  @Test func leavesShortRunsAlone() throws {
    #expect(try findings("enable_sort = 'off'", time: 9.9).isEmpty)
  }

  @Test func leavesAloneWhatTheCaptureItselfHadToSet() throws {
    let settings = "enable_indexonlyscan = 'off'"
    #expect(try findings(settings, imposed: ["enable_indexonlyscan"]).isEmpty)
    #expect(try findings(settings).count == 1)
  }

  @Test(arguments: [(40.0, 0.84), (240, 0)])
  func weighsAsMuchAsItsExperimentSaves(_ time: Double, _ share: Double) throws {
    let query = try DiagnosticCase(Fixture(rule: "MisleadingSettings", stem: "fires-with-nested-loops-off"))
    func plan(_ time: Double) throws -> ExplainedPlan {
      try PlanReader.read(
        "Seq Scan on a  (cost=0.00..1.00 rows=1 width=4) (actual time=0.1..1.0 rows=1 loops=1)\nExecution Time: \(time) ms"
      ).plan
    }
    let table = ExperimentTable(
      variants: [
        ExperimentVariant(name: "Default", settings: [], outcome: .completed(try plan(250))),
        ExperimentVariant(
          name: "enable_nestloop = on", settings: [PlanProperty("enable_nestloop", "on")],
          outcome: .completed(try plan(time))),
      ], capturedTime: 242)
    let examined = RuleRegistry.examine(query).afterTrials(.done(table), of: query.plan)
    let finding = try #require(examined.findings.first { $0.rule == MisleadingSettings.name })
    #expect(abs(finding.impact.share - share) < 0.001)
    #expect(finding.remedies.isEmpty == (share == 0))
    #expect((finding.cause.basis == .provenByTrial) == (share > 0))
  }
}

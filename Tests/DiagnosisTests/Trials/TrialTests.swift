import Catalog
import PlanModel
import PlanReading
import Testing

@testable import Diagnosis

@Suite struct TrialTests {
  /// A run that took so long, on disk or not.
  private static func run(
    _ name: String, _ settings: [PlanProperty] = [], milliseconds: Double, spills: Bool
  ) throws -> ExperimentVariant {
    let method = spills ? "external merge  Disk: 17888kB" : "quicksort  Memory: 30525kB"
    let text = """
      Sort  (cost=1.00..2.00 rows=200000 width=78) (actual time=1.000..\(milliseconds) rows=200000 loops=1)
        Sort Key: orders.note
        Sort Method: \(method)
        ->  Seq Scan on public.orders  (cost=0.00..1.00 rows=200000 width=78) (actual time=0.002..0.372 rows=200000 loops=1)
      Execution Time: \(milliseconds) ms
      """
    return ExperimentVariant(
      name: name, settings: settings, outcome: .completed(try PlanReader.read(text).plan))
  }

  private static func memory(_ kilobytes: Int, milliseconds: Double, spills: Bool) throws -> ExperimentVariant
  {
    try run(
      "work_mem \(kilobytes)kB", [PlanProperty("work_mem", "\(kilobytes)kB")], milliseconds: milliseconds,
      spills: spills)
  }

  private static func plan(_ rule: String, _ stem: String) throws -> ExplainedPlan {
    try DiagnosticCase(Fixture(rule: rule, stem: stem)).plan
  }

  private static func applied(_ variants: ExperimentVariant...) throws -> Finding {
    var examination = Examination()
    examination.findings = try SortSpill().findings(in: "fires-on-external-merge")
    let baseline = try run("Default", milliseconds: 500, spills: true)
    let table = ExperimentTable(variants: [baseline] + variants, capturedTime: 541.566)
    return try #require(
      examination.afterTrials(.done(table), of: plan("SortSpill", "fires-on-external-merge")).findings.first)
  }

  @Test func takesTheLeastMemoryThatKeepsTheSortOffTheDisk() throws {
    let finding = try Self.applied(
      Self.memory(8_192, milliseconds: 300, spills: true),
      Self.memory(16_384, milliseconds: 400, spills: false),
      Self.memory(32_768, milliseconds: 390, spills: false))
    #expect(finding.remedies.map(\.action) == [.setWorkMem(kilobytes: 16_384)])
    #expect(
      finding.remedies.map(\.expectation) == [
        .measured(
          before: 500, after: 400, how: "GUC experiment “work_mem 16384kB”, better of two warm runs each")
      ])
  }

  @Test func takesTheLeastMemoryThatIsAsFastAsMoreWhereNoneWasEnough() throws {
    let finding = try Self.applied(
      Self.memory(8_192, milliseconds: 462.1, spills: true),
      Self.memory(16_384, milliseconds: 420, spills: true))
    #expect(finding.remedies.map(\.action) == [.setWorkMem(kilobytes: 16_384)])
  }

  @Test(arguments: [(475.0, false), (474.9, true)])
  func withdrawsTheAdviceWhereTheGainIsNoise(_ milliseconds: Double, isAdvised: Bool) throws {
    let finding = try Self.applied(Self.memory(16_384, milliseconds: milliseconds, spills: false))
    #expect(finding.remedies.isEmpty != isAdvised)
    #expect((finding.impact.share == 0) != isAdvised, "what more memory can save was measured")
    #expect(isAdvised || finding.noRemedy?.hasPrefix("More memory was tried and does not help") ?? false)
  }

  /// The finding about JIT after a baseline of 353 ms and this variant.
  private static func jit(_ variant: ExperimentVariant) throws -> Finding {
    var examination = Examination()
    examination.findings = try JITDominates().findings(in: "fires-on-small-query-with-large-cost")
    let table = ExperimentTable(
      variants: [try run("Default", milliseconds: 353, spills: false), variant], capturedTime: 353)
    let plan = try plan("JITDominates", "fires-on-small-query-with-large-cost")
    return try #require(examination.afterTrials(.done(table), of: plan).findings.first)
  }

  @Test(arguments: [(335.0, true), (335.4, false)])
  func measuresExactlyTheSettingsThatAreAdvised(_ milliseconds: Double, isAdvised: Bool) throws {
    let off = try Self.run(
      "jit = off", [PlanProperty("jit", "off")], milliseconds: milliseconds, spills: false)
    let finding = try Self.jit(off)
    #expect(finding.remedies.isEmpty != isAdvised)
    #expect(isAdvised || finding.noRemedy?.hasPrefix("jit = off was tried and does not help") ?? false)
    #expect((finding.impact.share == 0) != isAdvised)
  }

  @Test func withdrawsSettingsWhoseRunHadToBeStopped() throws {
    let stopped = ExperimentVariant(
      name: "jit = off", settings: [PlanProperty("jit", "off")], outcome: .slowerThan(milliseconds: 1_000))
    let finding = try Self.jit(stopped)
    #expect(finding.remedies.isEmpty)
    #expect(finding.noRemedy?.contains("more than 1,000 ms") == true)
  }

  @Test func takesNoOtherVariantForTheSettings() throws {
    let other = try Self.run(
      "Merge Join Only", [PlanProperty("jit", "off"), PlanProperty("enable_hashjoin", "off")],
      milliseconds: 1,
      spills: false)
    #expect(try Self.jit(other) == JITDominates().finding(in: "fires-on-small-query-with-large-cost"))
  }

  @Test func letsAMeasuredRemedyStandWhereItsCauseHasNone() throws {
    var examination = Examination()
    var spilled = try SortSpill().finding(in: "fires-on-external-merge")
    var cause = spilled
    cause.rule = EstimationError.name
    cause.key = ProblemKey(EstimationError.name, "0")
    cause.remedies = []
    spilled.explainedBy = cause.key
    examination.findings = [cause, spilled]
    let plan = try Self.plan("SortSpill", "fires-on-external-merge")
    for (milliseconds, stands) in [(300.0, true), (500, false)] {
      let table = ExperimentTable(
        variants: [
          try Self.run("Default", milliseconds: 500, spills: true),
          try Self.memory(32_768, milliseconds: milliseconds, spills: false),
        ], capturedTime: nil)
      let after = examination.afterTrials(.done(table), of: plan).findings
      #expect((after[1].explainedBy == nil) == stands)
    }
  }

  @Test func keepsTheHopeWhereNothingWasTried() throws {
    let untried = try Self.applied()
    #expect(untried.remedies.map(\.action) == [.setWorkMem(kilobytes: 32_768)])
    var examination = Examination()
    examination.findings = [untried]
    #expect(
      try examination.afterTrials(.skipped(.turnedOff), of: Self.plan("SortSpill", "fires-on-external-merge"))
        == examination)
  }

  @Test func leavesFindingsWithoutMemoryAdviceAlone() throws {
    let finding = try FullScanFilterWaste().finding(in: "fires-without-index")
    var examination = Examination()
    examination.findings = [finding]
    let table = ExperimentTable(
      variants: [
        try Self.run("Default", milliseconds: 500, spills: true),
        try Self.memory(16_384, milliseconds: 100, spills: false),
      ], capturedTime: nil)
    let plan = try Self.plan("FullScanFilterWaste", "fires-without-index")
    #expect(examination.afterTrials(.done(table), of: plan).findings == [finding])
  }

  @Test func makesAFindingOfEveryExperimentThatTheServerRefused() throws {
    let refused = ExperimentVariant(
      name: "Merge Join Only", settings: [], outcome: .failed(message: "ERROR:  parameter cannot be changed"))
    let slow = ExperimentVariant(
      name: "Hash Join Only", settings: [], outcome: .slowerThan(milliseconds: 1_500))
    let table = ExperimentTable(
      variants: [try Self.run("Default", milliseconds: 500, spills: false), refused, slow], capturedTime: nil)
    let plan = try Self.plan("SortSpill", "fires-on-external-merge")
    let findings = Examination().afterTrials(.done(table), of: plan).findings
    #expect(findings.map(\.title) == ["GUC experiment failed: Merge Join Only"])
    #expect(findings[0].appliesTo == .gucExperiment)
    #expect(findings[0].observations == ["The server answered: ERROR:  parameter cannot be changed"])
    #expect(findings[0].remedies.isEmpty && findings[0].noRemedy != nil)
  }

  @Test func keepsFailedExperimentsInTheOrderInWhichTheyRan() throws {
    let names = (1...6).map { "Variant \($0)" }
    let failed = names.map { ExperimentVariant(name: $0, settings: [], outcome: .failed(message: "ERROR")) }
    let table = ExperimentTable(
      variants: [try Self.run("Default", milliseconds: 500, spills: false)] + failed, capturedTime: nil)
    let plan = try Self.plan("SortSpill", "fires-on-external-merge")
    let ranked = Examination().afterTrials(.done(table), of: plan).ranked().findings
    #expect(ranked.map(\.finding.title) == names.map { "GUC experiment failed: \($0)" })
  }
}

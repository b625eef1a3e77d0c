import Diagnosis
import PlanModel
import PlanReading
import Postgres
import Testing
import ThrowawayServer

@testable import Workflow

/// Settings that findings advise, tried on a live server.
@Suite(.serialized) struct SettingsTrialTests {
  private static let made = Task { try await LoggedServer.makeDatabase(script: script) }

  private static let script = """
    CREATE TABLE wide (id int, pad text);
    INSERT INTO wide SELECT i, md5(i::text) FROM generate_series(1, 60000) i;
    ANALYZE;
    """

  private static let groups = "SELECT pad, count(*) FROM wide GROUP BY pad"
  private static let noSort: [TransactionSettings.Setting] = [
    .init("enable_sort", "off"), .init("work_mem", "512kB"), .init("max_parallel_workers_per_gather", "0"),
  ]

  private func table(_ sql: String, _ settings: [TransactionSettings.Setting]) async throws -> ExperimentTable
  {
    let session = try await LoggedSession(Self.made.value).session
    let result = try await session.analyze(sql, settings: settings)
    guard case .done(let table) = result.experiments else {
      Issue.record("not done: \(result.experiments)")
      return ExperimentTable(variants: [], capturedTime: nil)
    }
    return table
  }

  @Test func triesMoreMemoryUntilTheAggregateStaysInIt() async throws {
    let table = try await table(Self.groups, Self.noSort)
    #expect(table.baseline?.plan?.hasSpilled == true)
    #expect(table.variants.contains { $0.workMem != nil && $0.plan?.hasSpilled == false })
  }

  @Test func triesSettingsExactlyAsAdvised() async throws {
    let table = try await table(
      "SELECT count(*) FROM wide WHERE pad <> 'x'",
      [.init("jit", "on"), .init("jit_above_cost", "0"), .init("jit_optimize_above_cost", "0")])
    let variant = table.variants.first { $0.name == "jit = off" }
    #expect(variant?.settings == [PlanProperty("jit", "off")])
    #expect(variant?.plan != nil && variant?.plan?.jit == nil)
  }

  /// A plan whose one sort spills.
  private static let spilling = """
    Sort  (cost=1.00..2.00 rows=9 width=8) (actual time=1.000..2.000 rows=9 loops=1)
      Sort Key: a.x
      Sort Method: external merge  Disk: 17888kB
      ->  Seq Scan on a  (cost=0.00..1.00 rows=9 width=8) (actual time=0.002..0.372 rows=9 loops=1)
    Execution Time: 3.000 ms
    """

  @Test(arguments: [(262_144, 524_288), (524_288, 1_048_576), (1_048_576, nil)])
  func doublesTheMemoryWithinTheCap(_ tried: Int, _ next: Int?) throws {
    let plan = try PlanReader.read(Self.spilling).plan
    let ladder = MemoryLadder(size: tried, plan: plan)
    let variant = ExperimentVariant(
      name: "", settings: [PlanProperty("work_mem", "\(tried)kB")], outcome: .completed(plan))
    let table = ExperimentTable(variants: [variant], capturedTime: nil)
    #expect(ladder.next(table) == next.map(VariantPlan.workMem))
  }

  @Test func triesLessThanThePlanShowsToBeNeeded() throws {
    let plan = try PlanReader.read(Self.spilling).plan
    #expect(
      MemoryLadder(size: 65_536, plan: plan).rungs
        == [65_536, 16_384, 4_096, 131_072].map(VariantPlan.workMem))
    #expect(MemoryLadder(size: nil, plan: plan).rungs.isEmpty)
  }
}

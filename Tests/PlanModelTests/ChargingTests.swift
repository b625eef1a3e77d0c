import PlanModel
import PlanReading
import Testing

/// Sleeps in known places: a wrong payer or a wrong number of processes shows, where sums would still agree.
@Suite(.serialized) struct ChargingTests {
  private func timed(_ query: LiveQuery) async throws -> (plan: ExplainedPlan, timings: PlanTimings) {
    let plan = try PlanReader.read(try await LiveServer.shared.explain(query).text).plan
    return (plan, PlanTimings(plan))
  }

  /// Own time of all nodes with that label.
  private func ownTime(
    _ label: String, in run: (plan: ExplainedPlan, timings: PlanTimings)
  ) throws -> Double {
    let indices = run.plan.nodes.indices.filter { run.plan.nodes[$0].label == label }
    try #require(!indices.isEmpty, "no \(label) in \(run.plan.shape)")
    return indices.reduce(0) { $0 + (run.timings.nodes[$1].ownTime ?? 0) }
  }

  @Test func takesAnInitPlanOutOfTheScanThatNeededIt() async throws {
    let run = try await timed(
      LiveQuery(
        "", LiveCorpus.seqScanOnly, "SELECT count(*) FROM customers WHERE id > (SELECT 1 FROM pg_sleep(0.15))"
      ))
    #expect(try ownTime("Seq Scan on customers", in: run) < 50)
    #expect(try ownTime("Function Scan on pg_sleep", in: run) >= 150)
  }

  @Test func doesNotTakeTheTenthParameterForTheFirst() async throws {
    let unused = (1...10).map { "id <> (SELECT -\($0))" }.joined(separator: " AND ")
    let run = try await timed(
      LiveQuery(
        "", LiveCorpus.hashOnly + LiveCorpus.seqScanOnly,
        """
        SELECT * FROM (SELECT id FROM few WHERE \(unused) AND id > (SELECT 0 FROM pg_sleep(0.1))) f
        JOIN (SELECT id FROM customers WHERE id > (SELECT 0 FROM pg_sleep(0.2))) c USING (id)
        """))
    #expect(try ownTime("Seq Scan on few", in: run) < 50)
    #expect(try ownTime("Seq Scan on customers", in: run) < 50)
  }

  @Test func chargesTheGatherThatEvaluatesAnInitPlanBeforeItStartsWorkers() async throws {
    let run = try await timed(
      LiveQuery(
        "", LiveCorpus.parallel,
        "SELECT count(*) FROM orders WHERE amount > (SELECT 990 FROM pg_sleep(0.2))"))
    let gather = try #require(run.plan.nodes.firstIndex { $0.type.isGather })
    let sleep = try #require(run.plan.nodes.firstIndex { $0.relation?.name == "pg_sleep" })
    #expect(run.timings.nodes[gather].chargedSubplans == [sleep])
    #expect(run.timings.nodes[gather].ownTime ?? 0 < 100)
    #expect(run.timings.nodes[sleep].ownTime ?? 0 >= 200)
  }

  @Test func chargesTheReaderThatWaitedForACTEAlthoughItIsPrintedSecond() async throws {
    let run = try await timed(
      LiveQuery(
        "", LiveCorpus.hashOnly,
        """
        WITH c AS MATERIALIZED (SELECT 1 AS x FROM pg_sleep(0.2))
        SELECT * FROM c a FULL JOIN c b ON a.x = b.x
        """))
    #expect(try ownTime("CTE Scan on c a", in: run) < 50)
    #expect(try ownTime("CTE Scan on c b", in: run) < 50)
    #expect(try ownTime("Function Scan on pg_sleep", in: run) >= 200)
  }

  @Test func blamesTheSubPlanInAFilterNotTheScan() async throws {
    let run = try await timed(
      LiveQuery("", "SELECT * FROM few WHERE id < 5 AND (SELECT pg_sleep(0.05) IS NOT NULL AND few.id > 0)"))
    #expect(try ownTime("Seq Scan on few", in: run) < 50)
    #expect(try ownTime("Result", in: run) >= 200)
  }

  @Test func dividesByTheProcessesThatShareAScan() async throws {
    let run = try await timed(
      LiveQuery(
        "", LiveCorpus.parallel + ["parallel_leader_participation = on"],
        "SELECT count(*) FROM few WHERE nap(0.02)"))
    try expectScanTakesAsLongAsItsGather(run)
  }

  @Test func dividesTheLoopsOfAGatherThatItselfLoops() async throws {
    let run = try await timed(
      LiveQuery(
        "", LiveCorpus.parallel + ["enable_material = off"],
        """
        SELECT * FROM generate_series(1, 3) g
        LEFT JOIN (SELECT count(*) c FROM few WHERE nap(0.01)) s ON s.c > g
        """))
    let gather = try #require(run.plan.nodes.first { $0.type.isGather })
    #expect(gather.actual.figures?.loops == 3)
    try expectScanTakesAsLongAsItsGather(run)
  }

  /// A Gather waits for its slowest process, so the average process takes most of its time, never more.
  private func expectScanTakesAsLongAsItsGather(
    _ run: (plan: ExplainedPlan, timings: PlanTimings)
  ) throws {
    let gather = try #require(run.plan.nodes.firstIndex { $0.type.isGather })
    let scan = try #require(run.plan.nodes.firstIndex { $0.label == "Parallel Seq Scan on few" })
    let waited = try #require(run.timings.nodes[gather].wallContribution)
    let scanned = try #require(run.timings.nodes[scan].wallContribution)
    #expect(run.timings.nodes[scan].processes > 1)
    #expect(scanned <= waited)
    #expect(scanned > 0.6 * waited, "\(scanned) of \(waited) ms")
  }
}

import PlanModel
import PlanReading
import Testing

/// Executions on PostgreSQL 15, each captured in TEXT by EXPLAIN and in JSON by auto_explain at once.
@Suite struct PostgresPlanTests {
  static let texts = Result { try Fixture.all("postgres15", extension: "txt") }

  @Test(arguments: try texts.get())
  func readsTextAndJSONOfOneExecutionAlike(_ fixture: Fixture) throws {
    let json = try Fixture.named("postgres15/\(fixture.stem).json")
    let fromText = try PlanReader.read(fixture.text).plan.comparable
    let fromJSON = try PlanReader.read(json.text).plan.comparable
    for (text, json) in zip(fromText.nodes, fromJSON.nodes) { #expect(text == json) }
    #expect(fromText == fromJSON)
  }

  @Test(arguments: try texts.get() + Fixture.all("dsql"))
  func labelsEveryNodeAsTextPrintsIt(_ fixture: Fixture) throws {
    let plan = try PlanReader.read(fixture.text).plan
    let arrows = fixture.text.split(separator: "\n").compactMap { line -> String? in
      let content = line.drop { $0 == " " }
      guard content.hasPrefix("-> ") else { return nil }
      return Fixture.label(ofLine: content.dropFirst(3))
    }
    #expect(plan.nodes.dropFirst().map(\.label) == arrows)
  }

  @Test func readsWhatStandsInsideQuotedNames() throws {
    let plan = try PlanReader.read(try Fixture.named("postgres15/odd-names.txt").text).plan
    #expect(plan.root.indexName == "odd (cost=1..2 rows=3 width=4)")
    #expect(
      plan.root.relation
        == RelationReference(schema: "public", name: #"Odd (table) on "x" using"#, alias: "a b"))
    #expect(plan.root[.output] == #"id, "Weird: col""#)
  }

  @Test func readsALiteralWithLineBreaksAsOneValue() throws {
    let plan = try PlanReader.read(try Fixture.named("postgres15/literal-with-a-line-break.txt").text).plan
    #expect(plan.nodes.count == 1)
    #expect(
      plan.root[.filter]
        == "((name = 'two\nlines: ''->  Seq Scan''\n  Filter: x'::text) OR (name = 'it''s'::text))")
    #expect(plan.root.rowsRemovedByFilter == 2000)
  }

  @Test func readsWorkersWithTheirJIT() throws {
    let plan = try PlanReader.read(try Fixture.named("postgres15/jit.txt").text).plan
    let aggregate = plan.nodes[2]
    #expect(aggregate.label == "Partial HashAggregate")
    #expect(aggregate.workers.map(\.number) == [0, 1])
    #expect(aggregate.workers[1].actual.figures?.totalTime == 0.010)
    #expect(aggregate.workers[1].hash?.peakMemory == 121)
    #expect(aggregate.workers[1].jit?.totalTime == 0.524)
    #expect(plan.jit?.functions == 28)
    #expect(plan.jit?.totalTime == 29.562)
    #expect(plan.settings.first == PlanProperty("jit_above_cost", "0"))
    #expect(plan.planningBuffers?.sharedHitBlocks == 158)
    #expect(plan.executionTime == 172.176)
  }

  @Test func readsTriggersAndWAL() throws {
    let plan = try PlanReader.read(try Fixture.named("postgres15/insert-with-a-trigger.txt").text).plan
    #expect(
      plan.triggers == [
        TriggerExecution(
          name: "RI_ConstraintTrigger_c_16401 for constraint orders_customer_id_fkey", time: 5.372, calls: 50)
      ])
    #expect(plan.root["WAL"] == "records=252 bytes=20240")
    #expect(plan.root.buffers?.sharedDirtiedBlocks == 7)
  }

  @Test func nestsASubPlanBetweenTheMembersOfAnAppend() throws {
    let plan = try PlanReader.read(try Fixture.named("postgres15/subplan-that-partitions-share.txt").text)
      .plan
    #expect(
      plan.shape == "Append(Seq Scan p_1(SubPlan 1: Aggregate(Seq Scan f)), Seq Scan p_2, Seq Scan p_3)")
    #expect(plan.nodes[2].relationship == .subPlan("SubPlan 1"))
  }
}

extension ExplainedPlan {
  /// The plan without what only one of EXPLAIN's TEXT and auto_explain's JSON can tell.
  fileprivate var comparable: ExplainedPlan {
    var plan = self
    plan.planningTime = nil
    plan.executionTime = nil
    plan.planningBuffers = nil
    plan.planningIOTimings = nil
    for index in nodes.indices {
      // TEXT prints 0 where rows were removed, but less than half a row per loop; JSON prints 0 anyhow.
      plan.nodes[index].properties.removeAll { $0.key.name.hasPrefix("Rows Removed") && $0.value == "0" }
    }
    return plan
  }
}

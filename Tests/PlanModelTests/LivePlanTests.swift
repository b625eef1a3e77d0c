import PlanModel
import PlanReading
import Testing

/// What must hold for every execution on a real server.
@Suite(.serialized) struct LivePlanTests {
  @Test(arguments: LiveCorpus.queries, [false, true])
  func readsTextAndJSONOfOneExecutionAlike(_ query: LiveQuery, verbose: Bool) async throws {
    let live = try await LiveServer.shared.explain(query, verbose: verbose)
    let text = try PlanReader.read(live.text).plan.comparable
    let json = try PlanReader.read(live.json).plan.comparable
    #expect(text.nodes.count == json.nodes.count)
    for (fromText, fromJSON) in zip(text.nodes, json.nodes) { #expect(fromText == fromJSON) }
    #expect(text == json)
  }

  @Test(arguments: LiveCorpus.queries)
  func ownTimesAddUpToTheRoot(_ query: LiveQuery) async throws {
    let live = try await LiveServer.shared.explain(query)
    let timings = PlanTimings(try PlanReader.read(live.text).plan)
    let root = try #require(timings.rootDuration)
    let sum = timings.nodes.reduce(0) { $0 + ($1.ownTime ?? 0) } - timings.timeAfterRoot
    // A node's time stands in its own line and is taken from its parent's.
    let bound = timings.nodes.reduce(0.001) { $0 + 2 * $1.uncertainty }
    #expect(abs(sum - root) <= bound, "\(live.text)")
    #expect(timings.nodes.allSatisfy { ($0.ownTime ?? 0) >= 0 })
  }
}

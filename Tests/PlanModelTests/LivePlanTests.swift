import PlanModel
import PlanReading
import Testing

/// What must hold for every execution on a real server.
@Suite(.serialized) struct LivePlanTests {
  @Test(arguments: LiveCorpus.queries, [false, true])
  func readsAllFormatsOfOneExecutionAlike(_ query: LiveQuery, verbose: Bool) async throws {
    let live = try await LiveServer.shared.explain(query, verbose: verbose)
    let json = try PlanReader.read(live.json)
    for (other, format) in [(live.yaml, PlanFormat.yaml), (live.xml, .xml)] {
      let read = try PlanReader.read(other)
      #expect(read.format == format)
      // XML has the line breaks of literals as they are: they look like a carrier's.
      #expect(read.notes.filter { if case .brokenQuote = $0 { false } else { true } } == json.notes)
      expectEqual(read.plan, json.plan)
    }
    expectEqual(try PlanReader.readAnswer(live.text).plan.comparable, json.plan.comparable)
  }

  /// Node by node, so that a failure shows one.
  private func expectEqual(_ plan: ExplainedPlan, _ other: ExplainedPlan) {
    #expect(plan.nodes.count == other.nodes.count)
    for (node, counterpart) in zip(plan.nodes, other.nodes) { #expect(node == counterpart) }
    #expect(plan == other)
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

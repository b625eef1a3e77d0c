import PlanModel
import PlanReading
import Testing

/// Thirty plans of real Aurora DSQL clusters; the first lines of each file name its source.
@Suite struct DSQLPlanTests {
  @Test(arguments: try Fixture.all("dsql"))
  func readsANodeForEveryArrowAndOneForTheRoot(_ fixture: Fixture) throws {
    let arrows = fixture.text.split(separator: "\n").count {
      $0.trimmingPrefix(while: \.isWhitespace).hasPrefix("-> ")
    }
    #expect(try PlanReader.read(fixture.text).plan.nodes.count == arrows + 1)
  }
}

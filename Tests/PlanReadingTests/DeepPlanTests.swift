import PlanModel
import PlanReading
import Testing

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Plans that are all depth: what takes a step for every level above a node would take the square of it.
@Suite struct DeepPlanTests {
  @Test func readsAChainInJSONInLinearTime() throws {
    let short = try processorTime(of: Self.json(levels: 5_000), levels: 5_000)
    let long = try processorTime(of: Self.json(levels: 50_000), levels: 50_000, runs: 1)
    #expect(long / short < 30, "ten times the levels took \(long / short) times as long")
  }

  /// The text of a chain grows with the square of its depth, by its indentation alone: here the bytes count.
  @Test func readsAChainInTextInTimeLinearInItsBytes() throws {
    let short = Self.text(levels: 300)
    let long = Self.text(levels: 900)
    let ratio = try processorTime(of: long, levels: 900) / processorTime(of: short, levels: 300)
    let bytes = Double(long.count) / Double(short.count)
    #expect(ratio / bytes < 3, "\(bytes) times the bytes took \(ratio) times as long")
  }

  /// Every plan holds as many of them as it has nodes, and passes over them again and again.
  @Test func aNodeTakesNoMoreThan448Bytes() {
    #expect(MemoryLayout<PlanNode>.stride <= 448)
  }

  /// Seconds of reading and arithmetic: the median of some runs.
  private func processorTime(of text: [UInt8], levels: Int, runs: Int = 3) throws -> Double {
    try (0..<runs).map { _ in
      let start = Self.threadTime()
      let plan = try PlanReader.read(text).plan
      #expect(PlanTimings(plan).nodes.count == levels)
      #expect(plan.originsOfError().count == levels)
      return Self.threadTime() - start
    }.sorted()[runs / 2]
  }

  private static func threadTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static func json(levels: Int) -> [UInt8] {
    let node =
      #"{"Node Type":"Materialize","Startup Cost":0.43,"Total Cost":9.00,"Plan Rows":10,"Plan Width":36,"#
      + #""Actual Startup Time":0.010,"Actual Total Time":0.990,"Actual Rows":1000,"Actual Loops":1"#
    let nodes = Array(repeating: node, count: levels).joined(separator: #","Plans":["#)
    return Array((#"[{"Plan":"# + nodes + "}" + String(repeating: "]}", count: levels - 1) + "}]").utf8)
  }

  private static func text(levels: Int) -> [UInt8] {
    let node =
      "->  Materialize  (cost=0.43..9.00 rows=10 width=36) (actual time=0.010..0.990 rows=100 loops=1)\n"
    return Array((0..<levels).map { String(repeating: " ", count: $0) + node }.joined().utf8)
  }
}

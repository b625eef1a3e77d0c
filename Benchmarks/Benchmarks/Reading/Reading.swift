import PlanModel
import PlanReading
import SamplePlans

/// Prints how fast plans are read and computed, and what memory that takes.
@main enum Reading {
  /// `Reading [KIND]` prints the table, or its lines of one kind; `Reading profile KIND NODES` reads for a profiler.
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    if arguments.first == "profile", arguments.count == 3, let nodes = Int(arguments.last ?? "") {
      return try profile(arguments.dropFirst().first ?? "", nodes)
    }
    print("plan                 nodes      kB    plans/s    MB/s   ns/node  bytes/node  allocations/node")
    for sample in samples where arguments.isEmpty || arguments.contains(sample.kind) { try measure(sample) }
  }

  private struct Sample {
    var kind: String
    var nodes: Int
    var text: (Int) -> String
  }

  private static var samples: [Sample] {
    [20, 200, 5_000, 10_000].map { Sample(kind: "TEXT", nodes: $0, text: SamplePlans.text) }
    + [20, 200, 5_000, 10_000].map { Sample(kind: "JSON", nodes: $0, text: SamplePlans.json) }
    + [5_000, 50_000].map { Sample(kind: "JSON-chain", nodes: $0, text: SamplePlans.jsonChain) }
    + [5_000, 50_000].map { Sample(kind: "TEXT-chain", nodes: $0, text: SamplePlans.textChain) }
  }

  private static func profile(_ kind: String, _ nodes: Int) throws {
    guard let sample = samples.first(where: { $0.kind == kind }) else { return }
    let bytes = Array(sample.text(nodes).utf8)
    for _ in 0..<max(1, 20_000 / nodes) { _ = try readAndCompute(bytes) }
  }

  private static func measure(_ sample: Sample) throws {
    let bytes = Array(sample.text(sample.nodes).utf8)
    let nodes = try readAndCompute(bytes)
    let measured = try Measured(budget: 1) { _ = try readAndCompute(bytes) }
    let perNode = { (figure: Double) in String(Int((figure / Double(nodes)).rounded())) }
    let columns = [
      (sample.kind, -12), (String(nodes), 14), (String(bytes.count / 1000), 8),
      (String(Int(1 / measured.seconds)), 11), (String(Int(Double(bytes.count) / measured.seconds / 1e6)), 8),
      (perNode(measured.seconds * 1e9), 10), (perNode(Double(measured.bytesAllocated)), 12),
      (perNode(Double(measured.allocations)), 18),
    ]
    print(columns.map(padded).joined())
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    let blanks = String(repeating: " ", count: max(0, abs(width) - text.count))
    return width < 0 ? text + blanks : blanks + text
  }

  /// The reading and the arithmetic of a plan; its number of nodes.
  @inline(never) private static func readAndCompute(_ bytes: [UInt8]) throws -> Int {
    let plan = try PlanReader.read(bytes).plan
    let timings = PlanTimings(plan)
    let errors = plan.estimationErrors(plan.estimateComparability())
    let origins = plan.originsOfError(errors)
    precondition(timings.nodes.count == errors.count && errors.count == origins.count)
    return errors.count
  }
}

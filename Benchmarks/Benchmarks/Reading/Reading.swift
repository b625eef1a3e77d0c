import PlanModel
import PlanReading
import SamplePlans

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Prints how fast plans are read and computed, and what memory that takes.
///
/// `Reading` prints all, `Reading KIND…` some kinds of plans, `Reading profile KIND NODES` reads for a profiler.
@main enum Reading {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.first == "profile", arguments.count == 3 {
      return try profile(arguments[1], nodes: Int(arguments[2]) ?? 20)
    }
    print("plan                 nodes      kB    plans/s    MB/s   ns/node  bytes/node  allocations/node")
    var isWithinBounds = true
    for sample in Sample.all where arguments.isEmpty ? !sample.isHuge : arguments.contains(sample.kind) {
      for nodes in sample.sizes { isWithinBounds = try measure(sample, nodes) && isWithinBounds }
    }
    if !isWithinBounds { exit(1) }
  }

  /// Prints a line; `false` where more memory was asked for than is bearable.
  private static func measure(_ sample: Sample, _ size: Int) throws -> Bool {
    let bytes = Array(sample.text(size).utf8)
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
    guard let bound = sample.bytesPerNode, measured.bytesAllocated > UInt64(nodes * bound) else {
      return true
    }
    print("  over the bound of \(bound) bytes per node")
    return false
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    let blanks = String(repeating: " ", count: max(0, abs(width) - text.count))
    return width < 0 ? text + blanks : blanks + text
  }

  private static func profile(_ kind: String, nodes: Int) throws {
    guard let sample = Sample.all.first(where: { $0.kind == kind }) else { return }
    let bytes = Array(sample.text(nodes).utf8)
    for _ in 0..<max(1, 20_000 / nodes) { _ = try readAndCompute(bytes) }
  }

  /// Reading and arithmetic of a plan, as a diagnosis does it; returns the number of nodes.
  @inline(never) private static func readAndCompute(_ bytes: [UInt8]) throws -> Int {
    let plan = try PlanReader.read(bytes).plan
    let timings = PlanTimings(plan)
    let errors = plan.estimationErrors(plan.estimateComparability())
    let origins = plan.originsOfError(errors)
    precondition(timings.nodes.count == errors.count && errors.count == origins.count)
    return errors.count
  }
}

/// Plans of one kind.
private struct Sample {
  var kind: String
  var sizes: [Int]
  var text: (Int) -> String
  /// The most that reading and arithmetic may ask of the allocator; `nil` where the text of a node has no bound.
  var bytesPerNode: Int?
  /// Over a gigabyte: only on demand.
  var isHuge = false

  static var all: [Sample] {
    [
      Sample(kind: "TEXT", sizes: [20, 200, 5_000, 10_000], text: SamplePlans.text, bytesPerNode: 3_000),
      Sample(kind: "JSON", sizes: [20, 200, 5_000, 10_000], text: SamplePlans.json, bytesPerNode: 16_000),
      Sample(kind: "JSON-chain", sizes: [5_000, 50_000], text: SamplePlans.jsonChain, bytesPerNode: 6_000),
      Sample(kind: "TEXT-chain", sizes: [1_000, 5_000], text: SamplePlans.textChain),
      Sample(kind: "TEXT-chain-of-1-GB", sizes: [50_000], text: SamplePlans.textChain, isHuge: true),
    ]
  }
}

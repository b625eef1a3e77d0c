import PlanModel

/// A hashed aggregate whose groups did not fit and that wrote rows to disk.
struct SpilledAggregate {
  /// Bytes of a group beside its data: 24 of the hash table's array, which is at most half full, and two
  /// allocations (the key and the transition values) with 24 bytes of headers each.
  private static let groupOverhead = 96.0
  /// The allocator rounds up to a power of two: half as much again on average.
  private static let rounding = 1.5

  let node: Int
  let groups: Double
  let batches: Double
  let diskBytes: Double
  let need: MemoryNeed

  /// `nil` for other nodes, and for aggregates that stayed in memory or never ran.
  init?(node: Int, in query: DiagnosticCase) {
    let plan = query.plan.nodes[node]
    guard plan.type.name == "Aggregate", plan.actual.figures != nil else { return nil }
    let usages = [plan.hash].compactMap { $0 } + plan.workers.compactMap(\.hash)
    guard let largest = usages.max(by: { ($0.diskUsage ?? 0) < ($1.diskUsage ?? 0) }),
      let disk = largest.diskUsage, disk > 0
    else { return nil }
    self.node = node
    self.groups = query.rows(of: node)
    self.batches = largest.batches ?? 1
    self.diskBytes = disk * 1_024
    let width = Double(plan.estimate?.planWidth ?? 0)
    self.need = MemoryNeed(
      bytes: groups * (Self.groupOverhead + Self.rounding * width), allowance: query.hashMemMultiplier,
      holders: query.processes(of: node))
  }

  var measurements: [Measurement] {
    [
      Measurement("groups", groups, source: "actual rows"),
      Measurement("disk used", diskBytes / 1_024, unit: "kB", source: "Disk Usage"),
    ]
  }
}

import PlanModel

/// The build side of a hash join that did not fit and was split into batches on disk.
struct SpilledHash {
  /// Bytes that a row takes beside its data: `HashJoinTupleData` and the header of a minimal tuple.
  private static let rowOverhead = 32.0
  /// Bytes of one bucket: a pointer.
  private static let bucket = 8.0

  let node: Int
  /// The Hash Join above.
  let join: Int
  /// What is hashed.
  let input: Int
  let batches: Double
  /// Batches that the planner had expected; `nil` where they did not change.
  let plannedBatches: Double?
  /// Bytes of the largest batch.
  let batchBytes: Double
  let need: MemoryNeed

  /// `nil` for other nodes, and for hash tables that stayed in memory or were never built.
  init?(node: Int, in query: DiagnosticCase) {
    let plan = query.plan.nodes[node]
    guard plan.type.name == "Hash", plan.actual.figures != nil, let hash = plan.hash,
      let batches = hash.batches, batches > 1, let join = plan.parent,
      let input = query.inputs(of: node).first
    else { return nil }
    self.node = node
    self.join = join
    self.input = input
    self.batches = batches
    self.plannedBatches = hash.originalBatches
    self.batchBytes = (hash.peakMemory ?? 0) * 1_024
    // A shared table holds the rows of all processes and may take the memory of all of them.
    let isShared = plan.type.isParallelAware
    let processes = query.processes(of: node)
    let rows = max(isShared ? query.totalRows(of: input) : query.rows(of: input), query.planRows(of: input))
    let width = Double(plan.estimate?.planWidth ?? 0)
    let inMemory = rows * (Self.rowOverhead + (width / 8).rounded(.up) * 8 + Self.bucket * 2)
    self.need = MemoryNeed(
      bytes: max(inMemory, plan.estimate == nil ? batches * batchBytes : 0),
      allowance: query.hashMemMultiplier * (isShared ? processes : 1), holders: isShared ? 1 : processes)
  }

  /// What batches cost: building the table, and the join's walks through them. A join that tests more than the
  /// hashed keys may spend its time there.
  func blamed(in query: DiagnosticCase) -> [Int] {
    let keys: [PropertyKey] = [.joinFilter, .filter]
    return keys.contains { query.plan.nodes[join][$0] != nil } ? [node] : [node, join]
  }

  var measurements: [Measurement] {
    [
      Measurement("batches", batches, source: "Batches"),
      Measurement("memory of one batch", batchBytes / 1_024, unit: "kB", source: "Memory Usage"),
    ]
  }
}

import PlanModel

/// A sort that went to disk, and the memory that it would have needed.
struct SpilledSort {
  /// Bytes of one entry in the sort's array (`SortTuple`).
  private static let sortTuple = 24.0
  /// Bytes beside the data of a stored row: chunk header and minimal tuple header.
  private static let rowOverhead = 24.0
  /// The allocator and the array's growth leave room unused.
  private static let growth = 1.3

  let node: Int
  let method: String
  let keys: String
  /// Rows sorted, over all processes.
  let rows: Double
  /// Bytes on disk of the process that used most.
  let diskBytes: Double
  /// Memory that the process with most rows needs, in bytes.
  let neededBytes: Double
  /// Processes that sort at the same time.
  let processes: Double

  /// `nil` for other nodes and for sorts that stayed in memory.
  init?(node: Int, in query: DiagnosticCase) {
    let plan = query.plan.nodes[node]
    let usages = [plan.sort].compactMap { $0 } + plan.workers.compactMap(\.sort)
    let onDisk = usages.filter(\.isOnDisk)
    guard let figures = plan.actual.figures,
      let largest = onDisk.max(by: { ($0.spaceUsed ?? 0) < ($1.spaceUsed ?? 0) })
    else { return nil }
    self.node = node
    self.method = largest.method
    self.keys = plan[.sortKey] ?? "its keys"
    self.rows = max(query.inputs(of: node).first.map(query.totalRows) ?? 0, figures.totalRows)
    self.processes = max(Double(usages.count), 1)
    let disk = (largest.spaceUsed ?? 0) * 1_024
    self.diskBytes = disk
    let rowBytes = Double(plan.estimate?.planWidth ?? 0)
    let input = query.inputRowsPerSort(of: node)
    let inMemory = input * (Self.sortTuple + Self.rowOverhead + rowBytes)
    self.neededBytes = max(inMemory, disk) * Self.growth
  }

  /// What `work_mem` has to be.
  var need: MemoryNeed { MemoryNeed(bytes: neededBytes, allowance: 1, holders: processes) }

  var measurements: [Measurement] {
    [
      Measurement("rows sorted", rows, source: "actual rows × loops of its input"),
      Measurement("disk used", diskBytes / 1_024, unit: "kB", source: "Sort Method … Disk"),
    ]
  }
}

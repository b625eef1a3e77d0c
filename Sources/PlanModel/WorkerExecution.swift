/// `Worker N: …` below a node.
public struct WorkerExecution: Sendable, Equatable {
  /// The worker's number, from 0.
  public var number: Int
  /// What it did, where printed.
  public var actual: ActualExecution
  /// Sort method and space of this worker.
  public var sort: SortUsage?
  /// Buckets, batches, memory and disk of this worker.
  public var hash: HashUsage?
  /// Buffers of this worker.
  public var buffers: BufferUsage?
  /// Time this worker spent reading and writing blocks.
  public var ioTimings: IOTimings?
  /// What this worker compiled.
  public var jit: JITSummary?
  /// All else, verbatim.
  public var properties: [PlanProperty]

  /// A worker's line or lines.
  public init(
    number: Int, actual: ActualExecution = .notReported, sort: SortUsage? = nil,
    hash: HashUsage? = nil, buffers: BufferUsage? = nil, ioTimings: IOTimings? = nil,
    jit: JITSummary? = nil, properties: [PlanProperty] = []
  ) {
    self.number = number
    self.actual = actual
    self.sort = sort
    self.hash = hash
    self.buffers = buffers
    self.ioTimings = ioTimings
    self.jit = jit
    self.properties = properties
  }
}

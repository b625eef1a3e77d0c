/// `(cost=S..T rows=R width=W)`: the planner's estimate for one execution of a node.
public struct CostEstimate: Sendable, Equatable {
  /// Cost before the first row, in the planner's units.
  public var startupCost: Double
  /// Cost of all rows, children included.
  public var totalCost: Double
  /// Rows per loop.
  public var planRows: Double
  /// Average row width in bytes.
  public var planWidth: Int
  /// `loops=` inside the cost group; only Aurora DSQL's newer storage nodes print it.
  public var loops: Double?

  /// An estimate as printed.
  public init(
    startupCost: Double, totalCost: Double, planRows: Double, planWidth: Int, loops: Double? = nil
  ) {
    self.startupCost = startupCost
    self.totalCost = totalCost
    self.planRows = planRows
    self.planWidth = planWidth
    self.loops = loops
  }
}

/// What EXPLAIN says about a node's execution.
public enum ActualExecution: Sendable, Equatable {
  /// No ANALYZE.
  case notReported
  /// `(never executed)`: the plan had the node, the run did not need it.
  case neverExecuted
  /// `(actual time=a..b rows=r loops=L)`.
  case executed(ActualFigures)

  /// The figures of a node that ran; `nil` otherwise.
  public var figures: ActualFigures? {
    if case .executed(let figures) = self { figures } else { nil }
  }
}

/// `(actual time=a..b rows=r loops=L)`. Times and rows are averages per loop.
public struct ActualFigures: Sendable, Equatable {
  /// Milliseconds per loop until the first row; `nil` with `TIMING OFF` and on Aurora DSQL's storage nodes.
  public var startupTime: Double?
  /// Milliseconds per loop until the last row; `nil` with `TIMING OFF` and on Aurora DSQL's storage nodes.
  public var totalTime: Double?
  /// Rows per loop: rounded to a whole number up to release 17.
  public var rows: Double
  /// How often the node ran; below a Gather, summed over processes.
  public var loops: Double
  /// Whether rows are printed with decimals (release 18 on): an average is then known to ±0.005 per loop.
  public var hasFractionalRows: Bool

  /// Figures as printed.
  public init(
    startupTime: Double? = nil, totalTime: Double? = nil, rows: Double, loops: Double,
    hasFractionalRows: Bool = false
  ) {
    self.startupTime = startupTime
    self.totalTime = totalTime
    self.rows = rows
    self.loops = loops
    self.hasFractionalRows = hasFractionalRows
  }

  /// Rows over all loops.
  public var totalRows: Double { rows * loops }
}

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

/// `Buffers: shared hit=1 read=2 …`, in blocks. What is not printed is 0.
public struct BufferUsage: Sendable, Equatable {
  /// Pages of tables and indexes found in shared buffers.
  public var sharedHitBlocks = 0.0
  /// Pages of tables and indexes read from the operating system.
  public var sharedReadBlocks = 0.0
  /// Clean pages that the statement changed.
  public var sharedDirtiedBlocks = 0.0
  /// Changed pages that the statement had to write out to make room.
  public var sharedWrittenBlocks = 0.0
  /// Pages of temporary tables found in the session's buffers.
  public var localHitBlocks = 0.0
  /// Pages of temporary tables read.
  public var localReadBlocks = 0.0
  /// Pages of temporary tables changed.
  public var localDirtiedBlocks = 0.0
  /// Pages of temporary tables written.
  public var localWrittenBlocks = 0.0
  /// Pages of sort, hash and materialization files read.
  public var tempReadBlocks = 0.0
  /// Pages of sort, hash and materialization files written.
  public var tempWrittenBlocks = 0.0

  /// No block touched.
  public init() {}

  /// Whether no block was touched: JSON prints zeros where TEXT prints no line.
  public var isEmpty: Bool { self == BufferUsage() }
}

/// `I/O Timings: shared read=1.234 write=0.567, temp read=…`, in milliseconds; needs `track_io_timing`.
///
/// What is not printed is 0. Releases before 15 print one pair without a class, and some print
/// `shared/local`: both stand under `shared`.
public struct IOTimings: Sendable, Equatable {
  /// Reading pages of tables and indexes.
  public var sharedRead = 0.0
  /// Writing pages of tables and indexes.
  public var sharedWrite = 0.0
  /// Reading pages of temporary tables; from release 17 on, before that in `sharedRead`.
  public var localRead = 0.0
  /// Writing pages of temporary tables; from release 17 on, before that in `sharedWrite`.
  public var localWrite = 0.0
  /// Reading sort, hash and materialization files.
  public var tempRead = 0.0
  /// Writing sort, hash and materialization files.
  public var tempWrite = 0.0

  /// No time spent.
  public init() {}

  /// Whether no time was spent: JSON prints zeros where TEXT prints no line.
  public var isEmpty: Bool { self == IOTimings() }

  /// All classes, reading and writing.
  public var total: Double {
    sharedRead + sharedWrite + localRead + localWrite + tempRead + tempWrite
  }
}

/// `Sort Method: external merge  Disk: 1234kB`.
public struct SortUsage: Sendable, Equatable {
  /// `quicksort`, `top-N heapsort`, `external sort`, `external merge`.
  public var method: String
  /// Kilobytes used.
  public var spaceUsed: Double?
  /// Whether that space was on disk.
  public var isOnDisk: Bool

  /// A sort's method and space as printed.
  public init(method: String, spaceUsed: Double?, isOnDisk: Bool) {
    self.method = method
    self.spaceUsed = spaceUsed
    self.isOnDisk = isOnDisk
  }
}

/// `Buckets: 1024 (originally 512)  Batches: 4 (originally 1)  Memory Usage: 40kB  Disk Usage: 80kB`.
public struct HashUsage: Sendable, Equatable {
  /// Hash buckets in the end.
  public var buckets: Double?
  /// Hash buckets as planned; `nil` where they did not change.
  public var originalBuckets: Double?
  /// Batches in the end; over 1 the rest went to disk.
  public var batches: Double?
  /// Batches as planned; `nil` where they did not change.
  public var originalBatches: Double?
  /// `Planned Partitions` of a hashed aggregate that was expected to spill.
  public var plannedPartitions: Double?
  /// Peak memory in kilobytes.
  public var peakMemory: Double?
  /// Disk used in kilobytes; hashed aggregates print it, hash joins do not.
  public var diskUsage: Double?

  /// Nothing printed yet.
  public init() {}
}

/// `Statement DPU Estimate`: Aurora DSQL's processing units for one statement.
public struct DPUEstimate: Sendable, Equatable {
  /// Seconds of query processing, as DPU.
  public var compute: Double?
  /// Bytes read from storage, as DPU.
  public var read: Double?
  /// Bytes written to storage, as DPU.
  public var write: Double?
  /// Bytes written in the other Region, as DPU; only on multi-Region clusters.
  public var multiRegionWrite: Double?
  /// The plain sum; transaction minimums are not in it.
  public var total: Double?
  /// `(Transaction minimum: …)` notes by component name, as printed.
  public var transactionMinimums: [PlanProperty] = []

  /// Nothing printed yet.
  public init() {}
}

/// The `JIT:` block. Times are in milliseconds and lie inside node times, not beside them.
public struct JITSummary: Sendable, Equatable {
  /// Functions compiled.
  public var functions: Double?
  /// Time in all.
  public var totalTime: Double?
  /// The block's lines, verbatim.
  public var properties: [PlanProperty]

  /// A JIT block as printed.
  public init(functions: Double? = nil, totalTime: Double? = nil, properties: [PlanProperty] = []) {
    self.functions = functions
    self.totalTime = totalTime
    self.properties = properties
  }
}

/// `Trigger name: time=1.234 calls=5`.
public struct TriggerExecution: Sendable, Equatable {
  /// Name, with constraint and relation as printed.
  public var name: String
  /// Milliseconds over all calls.
  public var time: Double?
  /// Number of calls.
  public var calls: Double

  /// A trigger line as printed.
  public init(name: String, time: Double?, calls: Double) {
    self.name = name
    self.time = time
    self.calls = calls
  }
}

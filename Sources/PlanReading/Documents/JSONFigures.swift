import JSONTree
import PlanModel

/// The typed figures of a node, a worker, or planning.
struct JSONFigures {
  private let members: JSONMembers

  init(_ members: JSONMembers) { self.members = members }

  /// The members that ``actual(_:)`` reads.
  static let actualKeys: [StaticString] = [
    "Actual Startup Time", "Actual Total Time", "Actual Rows", "Actual Loops",
  ]

  /// JSON writes zeros for a node that was never executed.
  static func actual(_ members: JSONMembers) -> ActualExecution {
    guard let loops = members["Actual Loops"]?.double, let rows = members["Actual Rows"]?.double else {
      return .notReported
    }
    guard loops > 0 else { return .neverExecuted }
    return .executed(
      ActualFigures(
        startupTime: members["Actual Startup Time"]?.double, totalTime: members["Actual Total Time"]?.double,
        rows: rows, loops: loops,
        hasFractionalRows: members["Actual Rows"]?.numberText?.contains(".") ?? false))
  }

  var sort: SortUsage? {
    guard let method = members["Sort Method"]?.string else { return nil }
    return SortUsage(
      method: method, spaceUsed: number("Sort Space Used"),
      isOnDisk: members["Sort Space Type"]?.string == "Disk")
  }

  var hash: HashUsage? {
    var usage = HashUsage()
    usage.buckets = number("Hash Buckets")
    usage.originalBuckets = unlessEqual(number("Original Hash Buckets"), usage.buckets)
    usage.batches = number("Hash Batches") ?? number("HashAgg Batches")
    usage.originalBatches = unlessEqual(number("Original Hash Batches"), usage.batches)
    usage.plannedPartitions = unlessEqual(number("Planned Partitions"), 0)
    usage.peakMemory = number("Peak Memory Usage")
    // TEXT prints the disk only where there was more than one batch.
    usage.diskUsage = (usage.batches ?? 0) > 1 ? number("Disk Usage") : nil
    return usage == HashUsage() ? nil : usage
  }

  var buffers: BufferUsage? {
    var usage = BufferUsage()
    usage.sharedHitBlocks = number("Shared Hit Blocks") ?? 0
    usage.sharedReadBlocks = number("Shared Read Blocks") ?? 0
    usage.sharedDirtiedBlocks = number("Shared Dirtied Blocks") ?? 0
    usage.sharedWrittenBlocks = number("Shared Written Blocks") ?? 0
    usage.localHitBlocks = number("Local Hit Blocks") ?? 0
    usage.localReadBlocks = number("Local Read Blocks") ?? 0
    usage.localDirtiedBlocks = number("Local Dirtied Blocks") ?? 0
    usage.localWrittenBlocks = number("Local Written Blocks") ?? 0
    usage.tempReadBlocks = number("Temp Read Blocks") ?? 0
    usage.tempWrittenBlocks = number("Temp Written Blocks") ?? 0
    return usage.isEmpty ? nil : usage
  }

  /// From release 17 on the keys carry the class.
  var ioTimings: IOTimings? {
    var timings = IOTimings()
    timings.sharedRead = number("I/O Read Time") ?? number("Shared I/O Read Time") ?? 0
    timings.sharedWrite = number("I/O Write Time") ?? number("Shared I/O Write Time") ?? 0
    timings.localRead = number("Local I/O Read Time") ?? 0
    timings.localWrite = number("Local I/O Write Time") ?? 0
    timings.tempRead = number("Temp I/O Read Time") ?? 0
    timings.tempWrite = number("Temp I/O Write Time") ?? 0
    return timings.isEmpty ? nil : timings
  }

  /// The members that the properties above read.
  static let keys: Set<String> = [
    "Sort Method", "Sort Space Used", "Sort Space Type", "Hash Buckets", "Original Hash Buckets",
    "Hash Batches", "Original Hash Batches", "HashAgg Batches", "Planned Partitions",
    "Peak Memory Usage", "Disk Usage", "Shared Hit Blocks", "Shared Read Blocks",
    "Shared Dirtied Blocks", "Shared Written Blocks", "Local Hit Blocks", "Local Read Blocks",
    "Local Dirtied Blocks", "Local Written Blocks", "Temp Read Blocks", "Temp Written Blocks",
    "I/O Read Time", "I/O Write Time", "Shared I/O Read Time", "Shared I/O Write Time",
    "Local I/O Read Time", "Local I/O Write Time", "Temp I/O Read Time", "Temp I/O Write Time",
    "Actual Startup Time", "Actual Total Time", "Actual Rows", "Actual Loops",
  ]

  private func number(_ name: StaticString) -> Double? { members[name]?.double }

  private func unlessEqual(_ number: Double?, _ other: Double?) -> Double? {
    number == other ? nil : number
  }
}

extension FigureHolder {
  /// Keeps all typed figures.
  mutating func take(_ figures: JSONFigures) {
    sort = figures.sort
    hash = figures.hash
    buffers = figures.buffers
    ioTimings = figures.ioTimings
  }
}

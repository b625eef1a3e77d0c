import AllocationCount

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What one reading of one text costs.
struct Measured {
  /// Processor seconds of the fastest run: other work on the machine can only add to it.
  var seconds: Double
  /// Bytes asked of the allocator in one run, freed ones included.
  var bytesAllocated: UInt64
  /// How often one run asked for memory.
  var allocations: UInt64

  /// Runs `body` for at least `budget` processor seconds, and five times.
  init(budget: Double, _ body: () throws -> Void) rethrows {
    try body()
    let before = (allocated_bytes(), AllocationCount.allocations())
    try body()
    bytesAllocated = allocated_bytes() - before.0
    allocations = AllocationCount.allocations() - before.1
    // Short runs are measured by the batch: the quietest microseconds of a second would flatter them.
    let batch = max(1, Int(0.005 / (try Self.time(of: 1, body))))
    seconds = .infinity
    let start = Self.processorTime()
    var runs = 0
    while runs < 5 || Self.processorTime() - start < budget {
      seconds = min(seconds, try Self.time(of: batch, body))
      runs += 1
    }
  }

  private static func time(of runs: Int, _ body: () throws -> Void) rethrows -> Double {
    let begin = processorTime()
    for _ in 0..<runs { try body() }
    return (processorTime() - begin) / Double(runs)
  }

  private static func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

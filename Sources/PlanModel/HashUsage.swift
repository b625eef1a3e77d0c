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

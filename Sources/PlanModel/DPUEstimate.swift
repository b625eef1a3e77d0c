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

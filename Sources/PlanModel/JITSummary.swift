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
